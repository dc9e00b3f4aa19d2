namespace TorchSharp;

/// <summary>
/// The members of TorchSharp 0.106 that src/Learning.TorchSharp/Engine calls, and no other; a test compares them with
/// the package. What would end the process when it fails is left out on purpose (autograd.grad, matmul), and so is what
/// differs between versions or leaks (baddbmm, the setter of requires_grad): the engine cannot call them by mistake.
/// </summary>
public static partial class torch
{
    /// <summary>The element types that are asked for.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>64-bit integer.</summary>
        Int64 = 4,

        /// <summary>Single precision.</summary>
        Float32 = 6,

        /// <summary>Double precision.</summary>
        Float64 = 7,
    }

    /// <summary>Begins a scope of the current thread.</summary>
    public static DisposeScope NewDisposeScope() => throw Absent.Error;

    /// <summary>Records no graph until disposed, on the current thread.</summary>
    public static IDisposable no_grad() => throw Absent.Error;

    /// <summary>Threads of one operation on the CPU.</summary>
    public static void set_num_threads(int num) => throw Absent.Error;

    /// <summary>A vector of zeros.</summary>
    public static Tensor zeros(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) => throw Absent.Error;

    /// <summary>Differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>Accumulates derivatives into the gradients of <paramref name="inputs"/>.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) => throw Absent.Error;
    }

    /// <summary>NVIDIA devices.</summary>
    public static partial class cuda
    {
        /// <summary>Whether one can be used.</summary>
        public static bool is_available() => throw Absent.Error;
    }

    /// <summary>Switches of the libraries below.</summary>
    public static partial class backends
    {
        /// <summary>cuBLAS.</summary>
        public static partial class cuda
        {
            /// <summary>Matrix products.</summary>
            public static partial class matmul
            {
                /// <summary>Whether single precision may be rounded to TF32.</summary>
                public static bool allow_tf32
                {
                    get => throw Absent.Error;
                    set => throw Absent.Error;
                }
            }
        }

        /// <summary>cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether single precision may be rounded to TF32.</summary>
            public static bool allow_tf32
            {
                get => throw Absent.Error;
                set => throw Absent.Error;
            }
        }
    }
}
