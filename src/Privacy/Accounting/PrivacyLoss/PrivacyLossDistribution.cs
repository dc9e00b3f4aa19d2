namespace FedMeta.Privacy;

/// <summary>
/// What a schedule of releases, fixed in advance, reveals about one unit: the distribution of its privacy loss, for
/// zero-out and for add-or-remove adjacency. Discretised by connecting the dots (Doroshenko, Ghazi, Kamath, Kumar and
/// Manurangsi 2022) and composed by the Fourier transform (Koskela, Jalko and Honkela 2020), tilted towards each
/// question. Every figure is an upper bound of the truth, with truncation and floating-point error counted in
/// (docs/proofs/privacy-loss.md). A claim for a schedule whose later rounds depend on earlier results rests on
/// <see cref="BudgetFilter"/> instead.
/// </summary>
public sealed class PrivacyLossDistribution
{
    /// <summary>The grid that is used if none is asked for.</summary>
    public const double DefaultInterval = 1e-4;

    // Keeps indices of a sum of losses within 64 bits.
    private const long MostTimes = 1L << 38;

    // Where 1/z^2 is no longer a normal number; more is an upper bound.
    private const double LeastSquaredMu = 1e-300;

    private readonly SortedList<Release, Part> _parts;

    private PrivacyLossDistribution(double interval, SortedList<Release, Part> parts)
    {
        Interval = interval;
        _parts = parts;
    }

    /// <summary>The step of the grid of losses, without unit like epsilon.</summary>
    public double Interval { get; }

    /// <summary>Gaussian noise, on all units or on a secret Poisson sample of them.</summary>
    /// <param name="noiseMultiplier">z, standard deviation over sensitivity; positive and finite.</param>
    /// <param name="samplingRate">q in [0, 1]; below 1 only for units whose taking part stays secret.</param>
    /// <param name="interval">The grid, from 10^-7 to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or so little noise needs too many grid
    /// points.</exception>
    public static PrivacyLossDistribution Gaussian(
        double noiseMultiplier, double samplingRate = 1, double interval = DefaultInterval)
    {
        if (!double.IsFinite(noiseMultiplier) || !(noiseMultiplier > 0))
            throw new ArgumentOutOfRangeException(nameof(noiseMultiplier), noiseMultiplier, "positive and finite");
        if (!(samplingRate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(samplingRate), samplingRate, "from 0 to 1");
        LossGrid.RequireInterval(interval);
        if (samplingRate == 0) return Nothing(interval);
        return Of(interval, samplingRate == 1
            ? new GaussianRelease(Math.Max(1 / (noiseMultiplier * noiseMultiplier), LeastSquaredMu))
            : new SampledGaussianRelease(noiseMultiplier, samplingRate));
    }

    /// <summary>Discrete Gaussian noise (Canonne, Kamath and Steinke 2020) on one integer.</summary>
    /// <param name="variance">The parameter s^2, positive, at most 10^10.</param>
    /// <param name="sensitivity">The most that one unit changes the integer, from 1 to 10^6.</param>
    /// <param name="interval">The grid, from 10^-7 to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static PrivacyLossDistribution DiscreteGaussian(
        double variance, int sensitivity, double interval = DefaultInterval) =>
        Lattice(LatticeNoise.DiscreteGaussian, variance, sensitivity, interval);

    /// <summary>Skellam noise (Agarwal, Kairouz and Liu 2021) on one integer.</summary>
    /// <param name="variance">Of the difference of two Poisson numbers; positive, at most 10^10.</param>
    /// <param name="sensitivity">The most that one unit changes the integer, from 1 to 10^6.</param>
    /// <param name="interval">The grid, from 10^-7 to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static PrivacyLossDistribution Skellam(
        double variance, int sensitivity, double interval = DefaultInterval) =>
        Lattice(LatticeNoise.Skellam, variance, sensitivity, interval);

    /// <summary>A release of which only (epsilon, delta) is known, at its worst (Kairouz, Oh and Viswanath 2015).
    /// </summary>
    /// <param name="epsilon">From 0 to 500.</param>
    /// <param name="delta">From 0 to 1.</param>
    /// <param name="interval">The grid, from 10^-7 to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static PrivacyLossDistribution ApproximateDp(
        double epsilon, double delta, double interval = DefaultInterval)
    {
        if (!(epsilon is >= 0 and <= 500)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "0 to 500");
        if (!(delta is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "from 0 to 1");
        LossGrid.RequireInterval(interval);
        return Of(interval, new ApproximateRelease(epsilon, delta));
    }

    /// <summary>No release at all: what composing begins with.</summary>
    public static PrivacyLossDistribution Nothing(double interval = DefaultInterval)
    {
        LossGrid.RequireInterval(interval);
        return new PrivacyLossDistribution(interval, new SortedList<Release, Part>(ByRank));
    }

    /// <summary>The whole schedule <paramref name="times"/> times.</summary>
    /// <exception cref="ArgumentException">Negative, or more than 2^38 releases of a kind.</exception>
    public PrivacyLossDistribution Compose(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        var composed = Nothing(Interval);
        if (times == 0) return composed;
        foreach (var part in _parts.Values) composed.Include(part.Repeated(times));
        return composed;
    }

    /// <summary>Both schedules, one after the other.</summary>
    /// <exception cref="ArgumentException">The intervals differ, or there are more than 2^38 releases of a kind.
    /// </exception>
    public PrivacyLossDistribution ComposeWith(PrivacyLossDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Interval != Interval) throw new ArgumentException("the grids differ", nameof(other));
        var composed = Nothing(Interval);
        foreach (var part in _parts.Values.Concat(other._parts.Values)) composed.Include(part);
        return composed;
    }

    /// <summary>Upper bound of the least epsilon at <paramref name="delta"/>, in both directions; never negative,
    /// infinite where no epsilon has so small a delta.</summary>
    /// <param name="delta">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentException">delta is out of its range, or the schedule needs too many grid points.
    /// </exception>
    public double Epsilon(double delta) =>
        Math.Max(Epsilon(delta, PrivacyLossDirection.Remove), Epsilon(delta, PrivacyLossDirection.Add));

    /// <inheritdoc cref="Epsilon(double)"/>
    /// <param name="delta">Between 0 and 1, both excluded.</param>
    /// <param name="direction">The only direction to look at; a claim covers both.</param>
    public double Epsilon(double delta, PrivacyLossDirection direction)
    {
        CheckDelta(delta);
        if (_parts.Count == 0) return 0;
        return Ask(direction, search => search.ForDelta(delta)).Epsilon(delta);
    }

    /// <summary>Both directions of <see cref="Epsilon(double)"/>, and what they were computed on.</summary>
    /// <param name="delta">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentException">delta is out of its range, or the schedule needs too many grid points.
    /// </exception>
    public PrivacyLossFigure Figure(double delta)
    {
        CheckDelta(delta);
        if (_parts.Count == 0) return new PrivacyLossFigure(0, 0, 0, 0, 0);
        var remove = Ask(PrivacyLossDirection.Remove, search => search.ForDelta(delta));
        var add = Ask(PrivacyLossDirection.Add, search => search.ForDelta(delta));
        var points = _parts.Values.Sum(part => (long)part.In(PrivacyLossDirection.Remove).Mass.Length
            + part.In(PrivacyLossDirection.Add).Mass.Length);
        return new PrivacyLossFigure(remove.Epsilon(delta), add.Epsilon(delta), Math.Max(remove.Lost, add.Lost), points,
            remove.Points + (long)add.Points);
    }

    /// <summary>Upper bound of delta at <paramref name="epsilon"/>, in both directions; from 0 to 1.</summary>
    /// <param name="epsilon">Not negative, finite.</param>
    /// <exception cref="ArgumentException">epsilon is out of its range, or the schedule needs too many grid points.
    /// </exception>
    public double Delta(double epsilon) =>
        Math.Max(Delta(epsilon, PrivacyLossDirection.Remove), Delta(epsilon, PrivacyLossDirection.Add));

    /// <inheritdoc cref="Delta(double)"/>
    /// <param name="epsilon">Not negative, finite.</param>
    /// <param name="direction">The only direction to look at; a claim covers both.</param>
    public double Delta(double epsilon, PrivacyLossDirection direction)
    {
        if (!double.IsFinite(epsilon) || epsilon < 0)
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "not negative and finite");
        if (_parts.Count == 0) return 0;
        return Ask(direction, search => search.ForEpsilon(epsilon)).Delta(epsilon);
    }

    private static Comparer<Release> ByRank { get; } = Comparer<Release>.Create((a, b) => a.Rank.CompareTo(b.Rank));

    private static void CheckDelta(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "between 0 and 1");
    }

    private static PrivacyLossDistribution Lattice(
        LatticeNoise noise, double variance, int sensitivity, double interval)
    {
        if (!(variance is > 0 and <= 1e10))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "positive and at most 10^10");
        if (sensitivity is < 1 or > 1_000_000)
            throw new ArgumentOutOfRangeException(nameof(sensitivity), sensitivity, "from 1 to 10^6");
        LossGrid.RequireInterval(interval);
        return Of(interval, new LatticeRelease(noise, variance, sensitivity));
    }

    private static PrivacyLossDistribution Of(double interval, Release release)
    {
        var one = Nothing(interval);
        one.Include(new Part(release, 1, interval));
        return one;
    }

    private void Include(Part part)
    {
        if (part.Release is GaussianRelease gaussian)
        {
            // Rounds without sampling are one round: 1/z^2 adds. Rounded up.
            var before = _parts.Keys.OfType<GaussianRelease>().SingleOrDefault();
            var sum = (gaussian.SquaredMu * part.Times) + (before?.SquaredMu ?? 0);
            if (before is not null) _parts.Remove(before);
            var rounded = before is null && part.Times == 1 ? sum : sum * (1 + 4.5e-16);
            var merged = new GaussianRelease(rounded);
            merged.Require(Interval);
            _parts.Add(merged, part.Times == 1 && before is null ? part : new Part(merged, 1, Interval));
            return;
        }

        part.Release.Require(Interval);
        if (_parts.TryGetValue(part.Release, out var same)) part = part.Repeated(1, same.Times);
        if (part.Times > MostTimes) throw new ArgumentException($"more than {MostTimes} releases of one kind");
        _parts[part.Release] = part;
    }

    private ComposedLoss Ask(PrivacyLossDirection direction, Func<TiltSearch, double> order)
    {
        var parts = _parts.Values.Select(part => (part.In(direction), part.Times)).ToList();
        var search = new TiltSearch(parts.ConvertAll(part => (part.Item1.Coarse, part.Times)));
        return ComposedLoss.Of(parts, parts is [(_, 1)] ? 0 : order(search), search);
    }

    /// <summary>A release, how often, and its losses once somebody asked.</summary>
    private sealed class Part(
        Release release, long times, double interval, Lazy<(LossMass Remove, LossMass Add)>? losses = null)
    {
        private readonly Lazy<(LossMass Remove, LossMass Add)> _losses =
            losses ?? new Lazy<(LossMass Remove, LossMass Add)>(() => release.Discretise(interval));

        public Release Release => release;

        public long Times => times;

        public LossMass In(PrivacyLossDirection direction) =>
            direction == PrivacyLossDirection.Remove ? _losses.Value.Remove : _losses.Value.Add;

        public Part Repeated(long factor, long more = 0) =>
            new(release, checked((times * factor) + more), interval, _losses);
    }
}
