using FedMeta.Client.Studies;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>Five hospitals or more and an honest coordinator in memory; each step may be tampered with.</summary>
internal sealed class TestFederation : IDisposable
{
    /// <param name="draft">The study's draft, or null for the usual one.</param>
    /// <param name="hospitals">Hospitals with a home of their own.</param>
    /// <param name="others">Members that have a key and nothing else.</param>
    public TestFederation(string? draft = null, int hospitals = 5, IEnumerable<StudyMember>? others = null)
    {
        var models = new Dictionary<Sha256Digest, byte[]>();
        Models = models;
        Hospitals = [.. Enumerable.Range(0, hospitals).Select(i =>
            new TestHospital($"site-{i}", (ulong)i, models, () => Now))];
        (Document, var model) = TestStudy.Resolve(Hospitals.Select(each => each.Member).Concat(others ?? []), draft);
        ModelHash = Sha256Digest.Of(model);
        models[ModelHash] = model;
        Study = StudyVerification.Read(Document).Study!;
    }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Dictionary<Sha256Digest, byte[]> Models { get; }

    public IReadOnlyList<TestHospital> Hospitals { get; }

    public StudyDocument Document { get; }

    public VerifiedStudy Study { get; }

    public Sha256Digest ModelHash { get; set; }

    public byte[] Rotation { get; } = new byte[32];

    public void ApproveAll()
    {
        foreach (var hospital in Hospitals) hospital.Decide(Document);
    }

    public V1.RoundId Id(uint round, uint attempt = 1) =>
        new() { StudyHash = ByteString.CopyFrom(Document.Hash.ToArray()), Round = round, Attempt = attempt };

    public V1.Instruction Start(uint round, uint attempt = 1) => new()
    {
        Sequence = 1,
        Round = Id(round, attempt),
        Start = new V1.RoundStart
        {
            ModelHash = ByteString.CopyFrom(ModelHash.ToArray()),
            Expiry = Now.AddMinutes(10).ToUnixTimeSeconds(),
            RotationSeed = ByteString.CopyFrom(Rotation),
        },
    };

    /// <summary>What the coordinator tells each hospital that it counted last with it, by id.</summary>
    public Dictionary<string, (uint Round, uint Attempt)> Counted { get; } = [];

    /// <summary>The groups of a round, as the library draws them; one of all members where there are none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups(uint round, uint attempt = 1)
    {
        string[] all = [.. Study.Members.Keys.Order(StringComparer.Ordinal)];
        return Study.Groups is null
            ? [all]
            : GroupDraw.Draw(all, GroupDraw.Seed(Document.Hash.ToArray(), new RoundId(round, (int)attempt),
                ModelHash.ToArray()), Study.BucketSize);
    }

    /// <summary>The round of one group (0 for none) as an honest coordinator knows it.</summary>
    public RoundContext Context(V1.Instruction start, int group = 0) => new()
    {
        Study = Study.Name,
        Id = new RoundId(start.Round.Round, (int)start.Round.Attempt),
        PlanHash = Document.Hash.ToArray(),
        ModelHash = ModelHash.ToArray(),
        Parameters = Study.Aggregation,
        NoiseTerms = Study.Mechanism.RoundTerms(Rotation),
        Expiry = DateTimeOffset.FromUnixTimeSeconds(start.Start.Expiry),
        Group = group,
        Members = Groups(start.Round.Round, start.Round.Attempt)[Math.Max(0, group - 1)]
            .ToDictionary(id => id, id => Study.Members[id]),
    };

    /// <summary>Starts a round at all hospitals and opens it at the coordinator.</summary>
    public async Task<ServerState> OpenAsync(uint round, uint attempt = 1)
    {
        var start = Start(round, attempt);
        ServerState state = ServerAdvertiseKeys.Start(Context(start));
        foreach (var hospital in Hospitals)
        {
            var own = start.Clone();
            if (Counted.TryGetValue(hospital.Id, out var counted))
                own.Start.Counted = Id(counted.Round, counted.Attempt);
            await HandAsync(hospital, own);
            if (hospital.Server.Messages is [.., { AdvertiseKeys: not null } keys] && keys.Round.Equals(start.Round))
                Assert.Null(state.Receive(hospital.Id, CoordinatorWire.Read(keys)));
        }

        return state;
    }

    /// <summary>Closes a phase and hands every hospital its message, changed by <paramref name="tamper"/>.</summary>
    public async Task<ServerState> StepAsync(
        ServerState state, V1.RoundId round, Action<TestHospital, V1.Instruction>? tamper = null)
    {
        var closed = state.Close();
        foreach (var (id, message) in closed.Outgoing)
        {
            var hospital = Hospitals.Single(each => each.Id == id);
            var instruction = CoordinatorWire.Write(message, id);
            instruction.Sequence = 2;
            instruction.Round = round;
            tamper?.Invoke(hospital, instruction);
            var before = (hospital.Server.Messages.Count, hospital.Server.Uploads.Count);
            await HandAsync(hospital, instruction);
            if (hospital.Server.Uploads.Count > before.Item2)
                closed.State.Receive(id, new MaskedInputMessage(hospital.Server.Uploads[^1].Packed));
            else if (hospital.Server.Messages.Count > before.Item1 && hospital.Server.Messages[^1].Withdraw is null)
                closed.State.Receive(id, CoordinatorWire.Read(hospital.Server.Messages[^1]));
        }

        return closed.State;
    }

    /// <summary>A whole honest round.</summary>
    public async Task<ServerCompleted> RunAsync(uint round, uint attempt = 1)
    {
        var completed = Assert.IsType<ServerCompleted>(await PlayAsync(round, attempt));
        await EndAsync(round, attempt, completed: true);
        return completed;
    }

    /// <summary>Tells every hospital how the round ended.</summary>
    public async Task EndAsync(uint round, uint attempt, bool completed)
    {
        foreach (var hospital in Hospitals)
        {
            await HandAsync(hospital, new V1.Instruction
            {
                Sequence = 9,
                Round = Id(round, attempt),
                End = new V1.RoundEnd { Completed = completed, ModelHash = ByteString.CopyFrom(ModelHash.ToArray()) },
            });
        }
    }

    /// <summary>Tells every hospital that the study is over.</summary>
    public async Task EndStudyAsync()
    {
        foreach (var hospital in Hospitals)
        {
            await HandAsync(hospital, new V1.Instruction
            {
                Sequence = 10,
                Round = Id(0, 0),
                StudyEnd = new V1.StudyEnd
                {
                    State = "completed",
                    ModelHash = ByteString.CopyFrom(ModelHash.ToArray()),
                },
            });
        }
    }

    /// <summary>A round to its end, whatever it is, without saying so to anyone.</summary>
    public async Task<ServerState> PlayAsync(uint round, uint attempt = 1)
    {
        var state = await OpenAsync(round, attempt);
        for (var phase = 0; phase < 4 && state.Phase != AggregationPhase.Ended; phase++)
            state = await StepAsync(state, Id(round, attempt));
        return state.Phase == AggregationPhase.Ended ? state : state.Close().State;
    }

    /// <summary>Hospitals whose process died; the round goes on without them.</summary>
    public HashSet<TestHospital> Dead { get; } = [];

    /// <summary>Everything that was handed to a hospital, dead or alive.</summary>
    public List<(TestHospital Hospital, V1.Instruction Instruction)> Handed { get; } = [];

    private async Task HandAsync(TestHospital hospital, V1.Instruction instruction)
    {
        Handed.Add((hospital, instruction));
        if (Dead.Contains(hospital)) return;
        try
        {
            await hospital.Participant.HandleAsync(instruction, default);
        }
        catch (ProcessDied)
        {
            Dead.Add(hospital);
        }
    }

    public void Dispose()
    {
        foreach (var hospital in Hospitals) hospital.Dispose();
    }
}
