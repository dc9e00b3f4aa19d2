using System.Security.Cryptography;

namespace FedMeta.Privacy.Tests.Mechanism;

/// <summary>Studies that were signed before sampling and wide rings came keep their text to the last byte.</summary>
public class GoldenTermsTests
{
    private static readonly string[] Digests =
    [
        "63bf863676aa94aa23cfcac7ad8e51e489d16ac72ccbb6d43e93106f28e54f2f",
        "89e66b340f4dead669425151b07dd691da6ada6a0f799354e659d42a4fd62c73",
        "4fe67e048d2cbc0e502ae0b236bcc39624e8cd6a0a97ac7f7a6e43eb83fcb666",
        "65a86b9145e05d0d2350f8980b387c18826a17241e26f1ec61aa27d891e5ca03",
        "46b88047387649e80885ffd0378a89837c1fb94733928010dac2c1559b17be67",
        "49cbdddf6f8aee006837ee8231cf10d17a6c6db16c5dc72311646418cea616bc",
        "c214ae84f296e85f4798dceda09756299123b2ba1bdddec24c1501ae0391e2cf",
        "28035ea5df6a009bd97cb0ae57a391fa37bdfce3d376a26467083aed7d293d79",
        "2ae08c62bde55323db6e5c00c481bf31ca4b2bedb3a8c538210ab731994d1b6b",
    ];

    [Fact]
    public void The_first_text_stands_as_it_did() => Assert.Equal(
        """
        fedmeta-mechanism-1
        unit=patient
        contribution=task-gradient
        adjacency=zero-out
        clip-norm=1
        epsilon=8
        delta=1E-05
        rounds=100
        max-clients=8
        threshold=6
        colluders=1
        dimension=1000
        ring-bits=32
        max-contributions-per-client=20
        tasks-per-patient=1
        padded-dimension=1024
        scale=4194304
        norm-bound-squared=17592202821952
        sensitivity-squared=70368811287808
        local-variance=572236968935836
        rho-per-round=226842291404438975
        rho-total=22684229140443922895

        """,
        MechanismPlanTests.Plan(MechanismPlanTests.Tasks).Terms);

    [Fact]
    public void The_texts_of_many_requests_have_the_digests_that_they_had()
    {
        MechanismRequest[] requests = [.. MechanismPlanTests.Requests.Select<object[], MechanismRequest>(
            row => (MechanismRequest)row[0])];
        Assert.Equal(Digests, requests.Select(request => Convert.ToHexStringLower(
            SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(MechanismPlanTests.Plan(request).Terms)))));
    }
}
