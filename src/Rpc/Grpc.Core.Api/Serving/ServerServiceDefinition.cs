namespace Grpc.Core;

/// <summary>The methods of a service with their handlers.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> _methods;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> methods) => _methods = methods;

    /// <summary>Starts a definition.</summary>
    public static Builder CreateBuilder() => new();

    /// <summary>Hands every method to a server.</summary>
    /// <param name="serviceBinder">The server's binder.</param>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        ArgumentNullException.ThrowIfNull(serviceBinder);
        foreach (var add in _methods)
            add(serviceBinder);
    }

    /// <summary>Collects the methods of a service; a name occurs once.</summary>
    public class Builder
    {
        private readonly List<Action<ServiceBinderBase>> _methods = [];
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        /// <summary>Adds a unary method.</summary>
        /// <param name="method">The description.</param>
        /// <param name="handler">Answers the calls.</param>
        /// <exception cref="ArgumentException">A method of that name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method that streams its requests.</summary>
        /// <param name="method">The description.</param>
        /// <param name="handler">Answers the calls.</param>
        /// <exception cref="ArgumentException">A method of that name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method that streams its responses.</summary>
        /// <param name="method">The description.</param>
        /// <param name="handler">Answers the calls.</param>
        /// <exception cref="ArgumentException">A method of that name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with two streams.</summary>
        /// <param name="method">The description.</param>
        /// <param name="handler">Answers the calls.</param>
        /// <exception cref="ArgumentException">A method of that name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Ends the definition.</summary>
        public ServerServiceDefinition Build() => new([.. _methods]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> add)
        {
            if (!_names.Add(method.FullName))
                throw new ArgumentException($"The method {method.FullName} was added before.", nameof(method));
            _methods.Add(add);
            return this;
        }
    }
}
