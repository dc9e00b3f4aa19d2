namespace FedMeta.Protocol;

/// <summary>Holds the keys of the model against each other.</summary>
internal static class ModelComparison
{
    /// <summary>What a draft already shows; sizes are checked where the model is built.</summary>
    public static void Compare(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Kind)) return;
        var kind = reader.Get(StudyKeys.Kind);
        CompareTime(reader, kind);
        if (!reader.IsRight(StudyKeys.Layers, StudyKeys.Outputs, StudyKeys.Loss)) return;
        var isImage = kind.StartsWith("conv", StringComparison.Ordinal);
        var isLayered = isImage || kind == "cnp" || kind.StartsWith("mlp", StringComparison.Ordinal);
        CompareLayers(reader, kind, isImage, isLayered);
        var outputs = reader.Get(StudyKeys.Outputs);
        var loss = reader.Get(StudyKeys.Loss);
        if (kind == "softmax" && outputs < 2)
            reader.Refuse(StudyKeys.Outputs, "a softmax model has one output", "write outputs = the number of classes");
        if (kind is "linear" or "logistic" or "cox" && outputs != 1)
            reader.Refuse(
                StudyKeys.Outputs, $"a {kind} model has {outputs} outputs", "remove the line, or choose softmax");
        if (!isLayered && loss != ModelTerms.OwnLoss)
            reader.Refuse(StudyKeys.Loss, $"a {kind} model has a loss of its own", "remove the line");
        else if (loss == "ce" && outputs < 2)
            reader.Refuse(StudyKeys.Outputs, "ce needs two classes or more", "write outputs = the number of classes");
        else if (loss is "mse" or "bce" && outputs != 1)
            reader.Refuse(StudyKeys.Outputs, $"{loss} takes one label and the model has {outputs} outputs",
                "remove the line, or write loss = \"ce\"");
    }

    private static void CompareLayers(SettingsReader reader, string kind, bool isImage, bool isLayered)
    {
        var count = reader.Get(StudyKeys.Layers).Count;
        if (isImage && count < 2)
            reader.Refuse(StudyKeys.Layers, $"a {kind} model has no convolution",
                "write layers = [image channels, channels of each convolution], for example [1, 8, 8]");
        else if (isLayered && count == 0)
            reader.Refuse(
                StudyKeys.Layers, $"a {kind} model has no hidden layer", "write layers = [16], or choose logistic");
        else if (!isLayered && kind != "cox" && count > 0)
            reader.Refuse(StudyKeys.Layers, $"a {kind} model has hidden layers", "write layers = [], or choose an mlp");
    }

    private static void CompareTime(SettingsReader reader, string kind)
    {
        if (!reader.IsRight(StudyKeys.Time)) return;
        var isNamed = reader.Get(StudyKeys.Time).Length > 0;
        if (kind == "cox" && !isNamed)
            reader.Refuse(StudyKeys.Time, "a cox model has no column with the time",
                "write time = the column with the time until the event or the last contact");
        if (kind != "cox" && isNamed)
            reader.Refuse(StudyKeys.Time, "'data.time' has a meaning for cox alone", "remove the line");
    }
}
