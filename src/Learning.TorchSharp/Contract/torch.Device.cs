namespace TorchSharp;

public static partial class torch
{
    /// <summary>A device and its number.</summary>
    public class Device
    {
        /// <param name="deviceType">Which sort.</param>
        /// <param name="index">Which of them; -1 for the CPU.</param>
        public Device(DeviceType deviceType, int index = -1) => throw Absent.Error;
    }
}
