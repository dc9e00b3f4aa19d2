using System.Diagnostics;

namespace FedMeta.Simulation.Demo;

/// <summary>A picture of a page, where the machine has a Chromium.</summary>
internal static class BrowserPicture
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The browser's path, or null.</summary>
    public static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         let file = Path.Combine(folder, name)
         where File.Exists(file)
         select file).FirstOrDefault();

    /// <summary>Draws <paramref name="page"/> into <paramref name="picture"/>; false where that did not work.</summary>
    public static async Task<bool> TryDrawAsync(string browser, string page, string picture, int width, int height,
        CancellationToken cancel)
    {
        var profile = Directory.CreateTempSubdirectory("fedmeta-browser-");
        try
        {
            List<string> arguments =
            [
                "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                    $"--user-data-dir={profile.FullName}",
                $"--window-size={width},{height}", $"--screenshot={picture}",
            ];
            // Chromium refuses its sandbox to root; anybody else keeps it.
            if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) arguments.Add("--no-sandbox");
            arguments.Add(new Uri(page).AbsoluteUri);
            using var process = Process.Start(new ProcessStartInfo(browser, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            try
            {
                await process.WaitForExitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            await Task.WhenAll(output, errors);
            return process.ExitCode == 0 && File.Exists(picture);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
