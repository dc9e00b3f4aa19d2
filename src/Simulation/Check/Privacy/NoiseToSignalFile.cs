using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>The noise in a mean over its clip norm, by sites or by patients.</summary>
internal sealed class NoiseToSignalFile() : TableFormat("noise_to_signal", "sites", "noise_norm_over_clip_in_mean")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var contributions = row.Has("sites") ? row.Whole("sites") : row.Whole("patients_in_round");
        var ratio = NoiseShares.NoiseToSignal(
            row.Number("central_noise_multiplier"), row.Whole("dim"), contributions);
        report.Relative(row.Id, "noise_norm_over_clip_in_mean", ratio, row.Number("noise_norm_over_clip_in_mean"),
            1e-9);
    }
}
