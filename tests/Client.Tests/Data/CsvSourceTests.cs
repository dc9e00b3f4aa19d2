using System.Text;
using FedMeta.Client.Data;

namespace FedMeta.Client.Tests.Data;

public sealed class CsvSourceTests : IDisposable
{
    private const string Canary = "CANARY-7f3a";

    private static readonly DataContract Contract =
        new(["age", "chol"], "label", LabelKind.Binary, 2, "fold", MinRows: 2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DataReading Read(string text, DataContract? contract = null) =>
        CsvSource.Read(_folder.File("cohort.csv", text), contract ?? Contract);

    private DataReading ReadBytes(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "bytes.csv");
        File.WriteAllBytes(path, bytes);
        return CsvSource.Read(path, Contract);
    }

    private static DataProblem Only(DataReading reading, DataFault fault)
    {
        Assert.Null(reading.Table);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(fault, problem.Fault);
        Assert.DoesNotContain(Canary, problem.What + problem.Hint, StringComparison.Ordinal);
        return problem;
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_ignored()
    {
        var table = Read("label,name,chol,age,fold\n1,x,220,54,train\n0,y,180.5,61,test\n").Table!;
        Assert.Equal(2, table.Rows);
        Assert.Equal([54, 220], table.Row(0).ToArray());
        Assert.Equal([61, 180.5], table.Row(1).ToArray());
        Assert.Equal([1, 0], table.Labels.ToArray());
        Assert.True(table.HasFolds);
        Assert.False(table.IsTest(0));
        Assert.True(table.IsTest(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("NA")]
    [InlineData("  ")]
    public void A_missing_cell_is_NaN_until_it_is_scaled(string cell)
    {
        var table = Read($"age,chol,label\n{cell},200,1\n50,190,0\n").Table!;
        Assert.True(double.IsNaN(table.Row(0)[0]));
        Assert.False(table.HasFolds);
    }

    [Fact]
    public void A_missing_column_is_named_with_the_nearest_column_of_the_file()
    {
        var problem = Only(Read("age,cholesterl,label\n1,2,0\n", Contract with { Features = ["age", "cholesterol"] }),
            DataFault.MissingColumn);
        Assert.Contains("'cholesterol'", problem.What, StringComparison.Ordinal);
        Assert.Contains("'cholesterl'", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_missing_column_is_reported_at_once()
    {
        var reading = Read("a,b,c\n1,2,0\n");
        Assert.Equal(3, reading.Problems.Count);
        Assert.All(reading.Problems, problem => Assert.Equal(DataFault.MissingColumn, problem.Fault));
    }

    [Fact]
    public void Text_in_a_number_is_located_and_never_repeated()
    {
        var problem = Only(Read($"age,chol,label\n50,200,1\n51,{Canary},0\n"), DataFault.NotANumber);
        Assert.Contains("row 3", problem.What, StringComparison.Ordinal);
        Assert.Contains("'chol' (number 2)", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    public void A_number_that_is_not_finite_is_refused(string cell) =>
        Only(Read($"age,chol,label\n{cell},200,1\n"), DataFault.NotFinite);

    [Theory]
    [InlineData("2")]
    [InlineData("0.5")]
    [InlineData("-1")]
    public void A_binary_label_is_0_or_1(string label) =>
        Only(Read($"age,chol,label\n50,200,{label}\n"), DataFault.BadLabel);

    [Theory]
    [InlineData("3", DataFault.BadLabel)]
    [InlineData("1.5", DataFault.BadLabel)]
    [InlineData(Canary, DataFault.NotANumber)]
    [InlineData("", DataFault.MissingLabel)]
    public void A_class_index_is_a_whole_number_below_the_number_of_classes(string label, object fault) =>
        Only(Read($"age,chol,label\n50,200,2\n50,200,{label}\n",
            Contract with { LabelKind = LabelKind.ClassIndex, Classes = 3 }), (DataFault)fault);

    [Fact]
    public void A_real_label_may_be_any_finite_number() => Assert.Equal([-2.5], Read("age,chol,label\n5,6,-2.5\n",
        Contract with { LabelKind = LabelKind.Real, Classes = 1 }).Table!.Labels.ToArray());

    [Fact]
    public void A_real_label_that_no_arithmetic_holds_is_refused() => Assert.Contains("-1e12 to 1e12",
        Only(Read("age,chol,label\n5,6,1e300\n", Contract with { LabelKind = LabelKind.Real, Classes = 1 }),
            DataFault.BadLabel).Hint, StringComparison.Ordinal);

    [Fact]
    public void A_doubled_header_is_refused() =>
        Assert.Contains("columns 1 and 4", Only(Read("age,chol,label,age\n1,2,0,4\n"),
            DataFault.DuplicateHeader).What, StringComparison.Ordinal);

    [Fact]
    public void A_first_patient_of_words_is_not_repeated_as_a_doubled_header()
    {
        var reading = Read($"{Canary},{Canary},male,63\nKim,yes,male,67\n");
        Assert.Contains(reading.Problems, problem => problem.Fault == DataFault.DuplicateHeader);
        Assert.DoesNotContain(reading.Problems, problem =>
            (problem.What + problem.Hint).Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_header_repeats_nothing_of_its_first_patient()
    {
        var problem = Only(Read("63,233,63,1\n67,286,1,0\n"), DataFault.NoHeader);
        Assert.DoesNotContain("63", problem.What + problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("age,chol,label\n")]
    public void An_empty_file_is_refused(string text) => Only(Read(text), DataFault.FileEmpty);

    [Fact]
    public void A_row_of_another_width_is_refused() =>
        Assert.Contains("row 3", Only(Read("age,chol,label\n1,2,0\n1,2\n"), DataFault.RowWidth).What,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_with_semicolons_is_recognised() =>
        Only(Read("age;chol;label\n1;2;0\n"), DataFault.WrongSeparator);

    [Fact]
    public void A_fold_other_than_train_and_test_is_refused() =>
        Only(Read($"age,chol,label,fold\n1,2,0,{Canary}\n"), DataFault.BadFold);

    [Fact]
    public void A_stray_quote_is_refused() =>
        Only(Read($"age,chol,label\n1,2 \"{Canary},0\n3,4,1\n"), DataFault.BadQuoting);

    [Fact]
    public void An_endless_quoted_field_is_refused() =>
        Only(Read("age,chol,label\n1,\"" + new string('x', 50_000) + ",0\n3,4,1\n"), DataFault.BadQuoting);

    [Fact]
    public void Latin_1_UTF_16_and_workbooks_are_not_UTF_8()
    {
        Only(ReadBytes([.. "age,chol,label,n\n1,2,0,"u8, 0xE9, (byte)'\n']), DataFault.NotUtf8);
        Only(ReadBytes([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("age,chol,label\n")]), DataFault.NotUtf8);
        Only(ReadBytes([.. "PK"u8, 3, 4, 0, 0]), DataFault.NotUtf8);
    }

    [Fact]
    public void A_byte_order_mark_of_UTF_8_is_fine() =>
        Assert.NotNull(ReadBytes([0xEF, 0xBB, 0xBF, .. "age,chol,label\n1,2,0\n"u8]).Table);

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        var path = Path.Combine(_folder.Path, "huge.csv");
        using (var stream = File.Create(path)) stream.SetLength(CsvSource.MaxBytes + 1); // sparse
        Only(CsvSource.Read(path, Contract), DataFault.FileTooLarge);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart_from_data()
    {
        Only(CsvSource.Read(Path.Combine(_folder.Path, "none.csv"), Contract), DataFault.FileMissing);
        Only(CsvSource.Read(_folder.Path, Contract), DataFault.FileUnreadable);
    }

    [Fact]
    public void A_column_without_values_is_a_warning_and_a_file_without_values_an_error()
    {
        var reading = Read("age,chol,label\n,200,1\n?,190,0\n");
        Assert.NotNull(reading.Table);
        Assert.Equal(DataFault.ColumnEmpty, Assert.Single(reading.Warnings).Fault);
        Only(Read("age,chol,label\n,NA,1\n?,,0\n"), DataFault.AllMissing);
    }

    [Fact]
    public void A_column_that_never_changes_is_a_warning_with_its_name()
    {
        var reading = Read("age,chol,label\n50,200,1\n?,190,0\n50,180,0\n");
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal(DataFault.ColumnConstant, warning.Fault);
        Assert.Contains("'age' has the same value in every row", warning.What, StringComparison.Ordinal);
        Assert.DoesNotContain("50", warning.What + warning.Hint, StringComparison.Ordinal);
        Assert.Empty(Read("age,chol,label\n50,200,1\n").Problems);
    }

    [Fact]
    public void Many_columns_of_one_sort_are_one_warning()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"px_{i}").ToList();
        var rows = string.Join(',', names) + ",x,label\n"
            + string.Join(',', names.Select(_ => "0")) + ",1,1\n" + string.Join(',', names.Select(_ => "0")) + ",2,0\n";
        var warning = Assert.Single(Read(rows, Contract with { Features = [.. names, "x"] }).Warnings);
        Assert.StartsWith("50 columns have the same value in every row, among them 'px_0', 'px_1'", warning.What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_twenty_problems_are_listed()
    {
        var reading = Read("age,chol,label\n" + string.Concat(Enumerable.Repeat("x,y,z\n", 100)));
        Assert.Equal(DataReading.MaxProblems, reading.Problems.Count);
    }
}
