namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor.</summary>
    public partial class Tensor : IDisposable
    {
        internal Tensor() => throw Absent.Error;

        /// <summary>Its elements in main memory; fails where they are elsewhere or not contiguous.</summary>
        public Span<byte> bytes
        {
            get => throw Absent.Error;
            set => throw Absent.Error;
        }

        /// <summary>What backward left here.</summary>
        public Tensor? grad
        {
            get => throw Absent.Error;
            set => throw Absent.Error;
        }

        /// <summary>Frees it.</summary>
        public void Dispose() => throw Absent.Error;

        /// <summary>A copy that knows where it came from.</summary>
        public Tensor clone() => throw Absent.Error;

        /// <summary>Overwrites the elements.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => throw Absent.Error;

        /// <summary>The elements in row-major order without gaps.</summary>
        public Tensor contiguous() => throw Absent.Error;

        /// <summary>In main memory.</summary>
        public Tensor cpu() => throw Absent.Error;

        /// <summary>On another device.</summary>
        public Tensor to(
            Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            throw Absent.Error;

        /// <summary>Another shape over the same elements.</summary>
        public Tensor view(params long[] shape) => throw Absent.Error;

        /// <summary>A part of one dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => throw Absent.Error;

        /// <summary>Chosen places of one dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => throw Absent.Error;

        /// <summary>Element by element.</summary>
        public Tensor mul(Tensor target) => throw Absent.Error;

        /// <summary>Element by element.</summary>
        public Tensor sub(Tensor target) => throw Absent.Error;

        /// <summary>Of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => throw Absent.Error;

        /// <summary>Along one dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => throw Absent.Error;

        /// <summary>Of all elements.</summary>
        public Tensor mean() => throw Absent.Error;

        /// <summary>Element by element.</summary>
        public Tensor neg() => throw Absent.Error;

        /// <summary>A matrix transposed.</summary>
        public Tensor t() => throw Absent.Error;

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => throw Absent.Error;

        /// <summary>tanh x.</summary>
        public Tensor tanh() => throw Absent.Error;

        /// <summary>The logarithm of the running sum of exponentials.</summary>
        public Tensor logcumsumexp(long dim) => throw Absent.Error;
    }
}
