using BenchmarkDotNet.Running;
using FedMeta.SecureAgg.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());
