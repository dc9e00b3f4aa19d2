namespace TorchSharp;

public static partial class torch
{
    /// <summary>Layers and losses.</summary>
    public static partial class nn
    {
        /// <summary>How a loss goes over records.</summary>
        public enum Reduction : long
        {
            /// <summary>The mean.</summary>
            Mean = 1,
        }

        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>input weightsᵀ + bias.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => throw Absent.Error;

            /// <summary>Cross-correlation of images.</summary>
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1) => throw Absent.Error;

            /// <summary>Largest of every window.</summary>
            public static Tensor max_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false) => throw Absent.Error;

            /// <summary>Channels in groups brought to mean 0 and variance 1, per image.</summary>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                throw Absent.Error;

            /// <summary>Mean squared error.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                throw Absent.Error;

            /// <summary>Binary cross-entropy of logits.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) => throw Absent.Error;

            /// <summary>Cross-entropy of softmax(input) against class indices.</summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) => throw Absent.Error;
        }
    }
}
