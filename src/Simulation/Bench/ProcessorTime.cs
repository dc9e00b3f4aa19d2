namespace FedMeta.Simulation.Bench;

/// <summary>Processor time of short work, as perf/torch_environment.py takes it on the other side.</summary>
internal static class ProcessorTime
{
    private const int Stretches = 11;

    /// <summary>Seconds of one call, all threads of the process together: the median over stretches, after at least a
    /// second in which the compiler does its best.</summary>
    /// <param name="seconds">Of all stretches together, above 0.</param>
    /// <param name="work">What is measured.</param>
    public static double Of(double seconds, Action work)
    {
        var calls = 1L;
        double taken;
        for (var warm = 0.0; (taken = Stretch(calls, work)) < seconds / Stretches || warm < 1; warm += taken)
            if (taken < seconds / Stretches) calls *= 2;
        var each = new double[Stretches];
        for (var i = 0; i < Stretches; i++) each[i] = Stretch(calls, work) / calls;
        return Spread.Of(each).Median;
    }

    private static double Stretch(long calls, Action work)
    {
        var start = CpuClock.ProcessSeconds;
        for (var i = 0L; i < calls; i++) work();
        return CpuClock.ProcessSeconds - start;
    }
}
