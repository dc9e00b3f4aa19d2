namespace FedMeta.Simulation.Demo;

/// <summary>Shows how far the demo is: a live page on a terminal, plain lines anywhere else.</summary>
internal interface IDemoProgress
{
    /// <summary>Runs the work while the display is up.</summary>
    Task<T> RunAsync<T>(Func<Task<T>> work);

    /// <summary>The step that starts now, for example "six hospitals join".</summary>
    void Step(string text);

    /// <summary>Something that happened and stays worth reading.</summary>
    void Note(string text);

    /// <summary>Where the training stands.</summary>
    void Show(StudyView view);
}
