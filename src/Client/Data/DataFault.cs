namespace FedMeta.Client.Data;

/// <summary>Everything that can be wrong with a data file. The list is closed; each has a test.</summary>
internal enum DataFault
{
    /// <summary>No file there.</summary>
    FileMissing,

    /// <summary>The file cannot be opened or read.</summary>
    FileUnreadable,

    /// <summary>Nothing in the file, or a header without rows.</summary>
    FileEmpty,

    /// <summary>More bytes or rows than the agent reads.</summary>
    FileTooLarge,

    /// <summary>Not UTF-8 text.</summary>
    NotUtf8,

    /// <summary>Fields are not separated by commas.</summary>
    WrongSeparator,

    /// <summary>A quote that is never closed or stands inside a field.</summary>
    BadQuoting,

    /// <summary>The first row holds numbers where the column names belong.</summary>
    NoHeader,

    /// <summary>Two columns of one name.</summary>
    DuplicateHeader,

    /// <summary>A column that the study needs is absent.</summary>
    MissingColumn,

    /// <summary>A row with more or fewer fields than the header.</summary>
    RowWidth,

    /// <summary>Text where a number belongs.</summary>
    NotANumber,

    /// <summary>NaN or an infinity, spelled out or by overflow.</summary>
    NotFinite,

    /// <summary>A row without a label.</summary>
    MissingLabel,

    /// <summary>A label outside what the study allows.</summary>
    BadLabel,

    /// <summary>A row of a survival study without a time.</summary>
    MissingTime,

    /// <summary>A time that is not above 0.</summary>
    BadTime,

    /// <summary>A fold that is neither train nor test.</summary>
    BadFold,

    /// <summary>Every value of every feature is missing.</summary>
    AllMissing,

    /// <summary>Fewer training rows than the study or the hospital's policy demands.</summary>
    TooFewRows,

    /// <summary>So many training rows that the study's delta promises their patients nothing.</summary>
    DeltaTooLarge,

    /// <summary>Warning: more training rows than one round of the study uses.</summary>
    TooManyRows,

    /// <summary>Warning: all training labels are equal.</summary>
    OneClass,

    /// <summary>Warning: no training row of a survival study has the event.</summary>
    NoEvent,

    /// <summary>Warning: features without any value.</summary>
    ColumnEmpty,

    /// <summary>Warning: features with the same value in every row that has one.</summary>
    ColumnConstant,
}
