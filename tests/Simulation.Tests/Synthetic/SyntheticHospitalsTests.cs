using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Tests.Synthetic;

public sealed class SyntheticHospitalsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others()
    {
        var profile = SyntheticHospitals.Members[0];

        Assert.Equal(SyntheticHospitals.Generate(profile, 7), SyntheticHospitals.Generate(profile, 7));
        Assert.NotEqual(SyntheticHospitals.Generate(profile, 7), SyntheticHospitals.Generate(profile, 8));
    }

    [Fact]
    public void A_hospital_does_not_change_when_its_neighbour_does()
    {
        var alone = SyntheticHospitals.Generate(SyntheticHospitals.Members[1], 7);
        SyntheticHospitals.Generate(SyntheticHospitals.Members[0] with { Patients = 5 }, 7);

        Assert.Equal(alone, SyntheticHospitals.Generate(SyntheticHospitals.Members[1], 7));
    }

    [Fact]
    public void The_hospitals_differ_as_real_ones_do()
    {
        var hospitals = SyntheticHospitals.Members.Select(p => Read(SyntheticHospitals.Generate(p, 1))).ToList();
        var prevalence = hospitals.Select(rows => rows.Average(r => r["label"] == "1" ? 1.0 : 0)).ToList();

        Assert.Equal(6, hospitals.Count);
        Assert.All(hospitals, rows => Assert.InRange(rows.Count, 30, 300));
        Assert.True(prevalence.Max() - prevalence.Min() > 0.3, string.Join(" ", prevalence));
        Assert.Contains(hospitals, rows => rows.All(r => r["chol"] == ""));
        Assert.Contains(hospitals, rows => rows.Count(r => r["thalach"] == "") > rows.Count / 10);
        var ages = hospitals.Select(rows => rows.Average(r => double.Parse(r["age"]))).ToList();
        Assert.True(ages.Max() - ages.Min() > 6, string.Join(" ", ages));
    }

    [Fact]
    public void Every_row_is_complete_and_a_third_is_held_out()
    {
        foreach (var profile in SyntheticHospitals.Members.Append(SyntheticHospitals.Newcomer))
        {
            var rows = Read(SyntheticHospitals.Generate(profile, 3));
            Assert.All(rows, r => Assert.Equal(SyntheticHospitals.Columns.Length, r.Count));
            Assert.All(rows, r => Assert.Contains(r["label"], new[] { "0", "1" }));
            Assert.Equal(profile.Patients / 3, rows.Count(r => r["fold"] == "test"));
        }
    }

    private static List<Dictionary<string, string>> Read(string csv)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => l.Split(',').Zip(header).ToDictionary(c => c.Second, c => c.First))];
    }
}
