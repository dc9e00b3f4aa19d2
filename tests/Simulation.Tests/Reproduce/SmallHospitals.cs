using System.Globalization;
using System.Text;
using FedMeta.Learning;

namespace FedMeta.Simulation.Tests.Reproduce;

/// <summary>Three small invented hospitals in the layout of a published file, the second with a constant
/// feature.</summary>
internal static class SmallHospitals
{
    public static string Csv(int patients = 40)
    {
        var random = new SeededGenerator(7);
        var text = new StringBuilder("center,fold,source_row,age,rate,flag,label\n");
        for (var center = 0; center < 3; center++)
        {
            for (var i = 0; i < patients; i++)
            {
                var (age, rate) = (random.NextNormal(), random.NextNormal());
                var flag = center == 1 && i % 4 != 3 ? 0 : i % 2;
                var label = age + 0.5 * rate + 0.5 * (center - 1) + random.NextNormal() > 0 ? 1 : 0;
                var fold = i % 4 == 3 ? "test" : "train";
                text.Append(CultureInfo.InvariantCulture,
                    $"{center},{fold},{i},{50 + 10 * age:F3},{140 + 20 * rate:F3},{flag},{label}\n");
            }
        }

        return text.ToString();
    }
}
