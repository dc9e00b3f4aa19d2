namespace FedMeta.Protocol;

/// <summary>Cuts a stream into lines with bounded memory.</summary>
internal sealed class JournalLines(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _ended;

    /// <summary>The line just read, without its line feed. Overwritten by the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>
    /// Whether <see cref="Line"/> ended with a line feed. False only at the end of the stream or where it is too long.
    /// </summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Whether <see cref="Line"/> is longer than any record; nothing is read after it.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false at the end of the stream.</summary>
    public bool Next()
    {
        if (IsTooLong) return false;
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                Line = _buffer.AsMemory(_start, searched + at);
                _start += searched + at + 1;
                IsTerminated = true;
                return true;
            }

            searched = _end - _start;
            if (_ended || searched >= JournalLimits.LineBytes)
            {
                Line = _buffer.AsMemory(_start, searched);
                IsTooLong = searched >= JournalLimits.LineBytes;
                IsTerminated = false;
                _start = _end;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, JournalLimits.LineBytes));
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
    }
}
