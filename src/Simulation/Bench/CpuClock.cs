using System.Runtime.InteropServices;

namespace FedMeta.Simulation.Bench;

/// <summary>How much processor time has been used. Where the system tells no thread's time (it is not Linux), the time
/// on the wall stands in for it.</summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of linux/time.h

    /// <summary>What <see cref="ThreadSeconds"/> counts, in words.</summary>
    public static string Name => OperatingSystem.IsLinux() ? "thread CPU time" : "wall time";

    /// <summary>Seconds that the calling thread has run.</summary>
    public static double ThreadSeconds
    {
        get
        {
            if (OperatingSystem.IsLinux() && ReadClock(ThreadCpuTime, out var now) == 0)
                return now.Seconds + (now.Nanoseconds / 1e9);
            return TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency;
        }
    }

    /// <summary>Seconds that all threads of the process have run.</summary>
    public static double ProcessSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Instant now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instant
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
