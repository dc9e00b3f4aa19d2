using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>
/// Reads what backward left at a tensor. <c>grad</c> is a property in TorchSharp 0.100 and later and a method before:
/// the compiler takes the one of these two that fits, so the same source builds over both.
/// </summary>
internal static class GradientOf
{
    public static Tensor Tensor(Tensor? gradient) =>
        gradient ?? throw new InvalidOperationException("the loss does not depend on the parameters");

    public static Tensor Tensor(Func<Tensor?> gradient) => Tensor(gradient());
}
