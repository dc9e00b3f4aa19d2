using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Models;
using FedMeta.Server.Preflight;
using FedMeta.Server.Studies;
using Google.Protobuf;

namespace FedMeta.Server.Commands;

/// <summary>study new | check | propose | list | show | watch | pause | resume | stop.</summary>
internal static class StudyCommands
{
    private static readonly Argument<string> File = new("FILE") { Description = "The study file" };
    private static readonly Argument<string> Study = new("STUDY") { Description = "Its name, or the first characters of its hash" };
    private static readonly Option<int?> Members = new("--members") { Description = "Hospitals to check for (default: the fewest that can begin)", HelpName = "N" };

    private static readonly Option<string> Probe = new("--probe") { Description = "The public probe set that the study names", HelpName = "FILE" };

    private static readonly Option<string> Initial = new("--initial") { Description = "A model file to start from (default: the seed gives the weights)", HelpName = "FILE" };

    /// <summary>The branch.</summary>
    public static Command Branch() => CommandLine.Branch("study",
        "Studies: write, check, propose, follow and control them.",
        CommandLine.Leaf("new", "Write a study file to start from.", "fedmeta study new heart.toml", [File], NewAsync),
        CommandLine.Leaf("check", "Check a study file without the coordinator; says everything that is wrong at once.",
            "fedmeta study check heart.toml --members 8", [File, Members], CheckAsync),
        CommandLine.Leaf("propose", "Resolve members, mechanism and initial model, and publish the study for approval.",
            "fedmeta study propose heart.toml", [File, Probe, Initial], ProposeAsync),
        CommandLine.Leaf("list", "All studies.", "fedmeta study list", [], ListAsync),
        CommandLine.Leaf("show", "The document that hospitals sign.", "fedmeta study show heart", [Study], ShowAsync),
        CommandLine.Leaf("watch", "Follow a study until it ends; the exit code says how it ended.",
            "fedmeta study watch heart",
            [Study], (scope, cancel) => StudyWatch.RunAsync(scope, scope.Get(Study), cancel)),
        Control("pause", "Finish the open round, then wait."),
        Control("resume", "Go on after a pause."),
        Control("stop", "Abort the open round and end the study for good."));

    private static Command Control(string action, string description) => CommandLine.Leaf(action, description,
        $"fedmeta study {action} heart", [Study], async (scope, cancel) =>
        {
            var ack = await OperatorConnection.AskAsync(scope, c => c.ControlStudyAsync(
                new ControlRequest { Study = scope.Get(Study), Action = action }, cancellationToken: cancel)
                    .ResponseAsync).ConfigureAwait(false);
            Output.Require(ack, $"the study was not changed", ExitCode.Usage);
            if (scope.Json)
                Output.Json(scope, ack);
            else
                scope.Out.WriteLine($"{action}: done");
            return ExitCode.Ok;
        });

    private static Task<ExitCode> NewAsync(CommandScope scope, CancellationToken cancel)
    {
        var path = scope.Get(File);
        if (System.IO.File.Exists(path))
            throw new FedMetaException(ExitCode.Usage, $"{path} exists already",
                "choose another name; nothing is written over");
        using var template = typeof(StudyCommands)
            .Assembly.GetManifestResourceStream("FedMeta.Server.Commands.study.toml")
            ?? throw new InvalidOperationException("the template is not built in");
        using var text = new MemoryStream();
        template.CopyTo(text);
        Output.File(scope, path, text.ToArray());
        return Task.FromResult(ExitCode.Ok);
    }

    private static Task<ExitCode> CheckAsync(CommandScope scope, CancellationToken cancel)
    {
        var path = scope.Get(File);
        var terms = StudyDraft.Read(path).OrThrow(path);
        var members = scope.Get(Members) ?? Fewest(terms.Aggregation);
        var (numbers, problems) = StudyPlanner.Derive(terms, members);
        if (numbers is null)
            throw Unsound(path, problems);
        var speed = MachineSpeed.Measure(numbers.Mechanism.Request.RingBits, scope.Time);
        var flight = StudyPreflight.Of(terms, numbers, members, speed);
        if (scope.Json)
            scope.Out.WriteLine(JsonSerializer.Serialize(flight, PreflightJson.Default.StudyPreflight));
        else
            scope.Out.WriteLine(Text(path, terms, numbers, flight));
        return Task.FromResult(ExitCode.Ok);
    }

    private static string Text(string path, StudyTerms terms, StudyNumbers numbers, StudyPreflight f)
    {
        var m = numbers.Mechanism;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {path} is sound for {f.Members} hospitals
              model            {numbers.Model.Text} ({f.Parameters} parameters)
              vectors          {f.Vectors}
              sums             {Sums(terms.Aggregation, f.Members)}
              quorum           {f.Quorum} inputs, or the round does not count
              each sum         {f.Threshold} of {f.Summed} must stay to the end: {f.Dropouts} may vanish at any phase, {f.Colluders} may side with the coordinator
              graph            {(f.Graph == "complete" ? "complete" : $"{f.Neighbours} neighbours each")}, {f.ShareThreshold} shares open a secret
              smallest sum     {f.SmallestSum} inputs, {f.HonestInputs} of them honest
              claim            {f.Claim}
              ring             {f.RingBits} bits: n (2Q + 1) + 8 sigma = {f.RingNeeds}, which fits into 2^{f.RingBits} = {f.RingHolds}
              bytes a round    {f.BytesUp:N0} up ({f.MaskedNumbers} masked numbers), {f.BytesDown:N0} down for each hospital, about
              seconds a round  {f.ClientSeconds:0.###} at a hospital, {f.ServerSeconds:0.###} at the coordinator, {f.ServerSecondsDropped:0.###} with {f.Dropouts} of a sum missing: arithmetic on this machine, without training and network
              privacy          epsilon {f.EpsilonPerRound:0.###} a round, {m.Request.Epsilon} over {m.Request.Rounds} rounds at delta {m.Request.Delta} for one {terms.Privacy.Unit}; noise {f.NoiseMultiplier:0.##} times the sensitivity from {m.HonestShares} honest hospitals
            """);
    }

    private static int Fewest(AggregationTerms terms) =>
        terms.IsBucketed ? AggregationTerms.FewestGroups * terms.BucketSize : terms.MinPeers;

    private static string Sums(AggregationTerms terms, int members) => terms.IsBucketed
        ? $"{terms.Sums(members)} a round, {terms.Combine}; each hospital hides among those of its group, {terms.SmallestSum(members)} at least"
        : $"one a round; each hospital hides among all {members}";

    private static async Task<ExitCode> ProposeAsync(CommandScope scope, CancellationToken cancel)
    {
        var path = scope.Get(File);
        var draft = ConfigurationFile.ReadBytes(path);
        StudyDraft.Read(draft).OrThrow(path);
        var request = new ProposeRequest
        {
            Draft = ByteString.CopyFrom(draft),
            Probe = ProbeOf(scope),
            Initial = await InitialOfAsync(scope, cancel).ConfigureAwait(false),
        };
        var reply = await OperatorConnection.AskAsync(scope, c => c.ProposeStudyAsync(request,
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        if (!reply.Ack.Accepted)
            throw Unsound(path, reply.Problems);
        if (scope.Json)
        {
            Output.Json(scope, reply);
            return ExitCode.Ok;
        }

        scope.Out.WriteLine($"proposed, document {Convert.ToHexStringLower(reply.StudyHash.Span)}");
        scope.Out.WriteLine("at each hospital: fedmeta-client study show, then fedmeta-client study approve");
        return ExitCode.Ok;
    }

    // Ahead of the proposal, in pieces: a model may be longer than a message.
    private static async Task<ByteString> InitialOfAsync(CommandScope scope, CancellationToken cancel)
    {
        if (scope.Get(Initial) is not { } path)
            return ByteString.Empty;
        var bytes = EnvironmentFaults.Explaining(path, () => System.IO.File.ReadAllBytes(path));
        using var stream = new MemoryStream(bytes, writable: false);
        if (ModelFileReader.Read(stream).Refusal is { } refusal)
        {
            throw new FedMetaException(ExitCode.Data, $"{path}: {refusal}",
                "docs/reference/model-file.md has a script that writes one");
        }

        var kept = await OperatorConnection.AskAsync(scope, async c =>
        {
            using var call = c.KeepModel(cancellationToken: cancel);
            foreach (var chunk in ChunkSplitter.Split(bytes))
                await call.RequestStream.WriteAsync(chunk, cancel).ConfigureAwait(false);
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
            return await call.ResponseAsync.ConfigureAwait(false);
        }).ConfigureAwait(false);
        Output.Require(kept.Ack, $"the coordinator did not take {path}", ExitCode.Data);
        return kept.ModelHash;
    }

    private static ByteString ProbeOf(CommandScope scope)
    {
        if (scope.Get(Probe) is not { } path)
            return ByteString.Empty;
        var bytes = EnvironmentFaults.Explaining(path, () => System.IO.File.ReadAllBytes(path));
        return bytes.Length is > 0 and <= ProbeSet.MaxBytes
            ? ByteString.CopyFrom(bytes)
            : throw new FedMetaException(ExitCode.Data,
                $"{path} has {bytes.Length} bytes and a probe set has 1 to {ProbeSet.MaxBytes}",
                "give fewer rows: a few hundred say as much");
    }

    private static async Task<ExitCode> ListAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c => c.ListStudiesAsync(new ListStudiesRequest(),
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        if (scope.Json)
        {
            Output.Json(scope, reply);
            return ExitCode.Ok;
        }

        Output.Table(scope, ["Study", "State", "Rounds", "Document", "Newest model"], reply.Studies.Select(s => new[]
        {
            s.Name, s.State, string.Create(CultureInfo.InvariantCulture, $"{s.Round} of {s.Rounds}"),
            Convert.ToHexStringLower(s.StudyHash.Span)[..12], Convert.ToHexStringLower(s.ModelHash.Span)[..12],
        }));
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ShowAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c =>
            c.GetStudyAsync(new StudySelector { Study = scope.Get(Study) },
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        var text = reply.Document.ToStringUtf8();
        if (scope.Json)
        {
            var notes = string.Join(',', reply.Notes.Select(n => JsonSerializer.Serialize(n, TextJson.Default.String)));
            scope.Out.Write($"{{\"document\":{JsonSerializer.Serialize(text, TextJson.Default.String)},\"notes\":[{notes}]}}\n");
            return ExitCode.Ok;
        }

        // The document alone goes to the output, so that its hash is the study's.
        scope.Out.Write(text);
        foreach (var note in reply.Notes)
            scope.Error.WriteLine(PlainText.Show(note));
        return ExitCode.Ok;
    }

    private static FedMetaException Unsound(string path, IReadOnlyCollection<string> problems)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
            text.Append(text.Length > 0 ? "; " : "").Append(problem);
        return new FedMetaException(ExitCode.StudyDocument,
            $"{path} has {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems")}: {text}",
            "correct what is named; nothing was published");
    }
}
