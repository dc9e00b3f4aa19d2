using FedMeta.Simulation.Demo;

namespace FedMeta.EndToEnd.Tests;

/// <summary>A fact that needs a browser and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (BrowserPicture.Find() is null) Skip = "no Chromium is on PATH, and none could be installed";
    }
}
