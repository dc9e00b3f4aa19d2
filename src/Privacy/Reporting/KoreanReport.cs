namespace FedMeta.Privacy;

/// <summary>The sentences of a report in Korean; the same statements as in English, in the same order.</summary>
internal static class KoreanReport
{
    public static ReportText Of(PrivacyReport report) =>
        new("ko", Meaning(report), Assumptions(report.Facts.Plan), NotProtected(report.Facts.Plan));

    /// <summary>"조정 서버와 임의의 병원 1곳이 공모한 쪽".</summary>
    public static string Adversary(int colluders) =>
        colluders == 0 ? "조정 서버" : $"조정 서버와 임의의 병원 {colluders}곳이 공모한 쪽";

    /// <summary>The adversary as the subject of a sentence.</summary>
    public static string Subject(int colluders) =>
        colluders == 0 ? "조정 서버가" : $"조정 서버와 임의의 병원 {colluders}곳이 공모하여";

    /// <summary>"환자 한 명".</summary>
    public static string Unit(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "환자 한 명",
        PrivacyUnit.Task => "과제 하나",
        _ => "병원 한 곳",
    };

    /// <summary>What a test finds at most.</summary>
    public static string Test(PrivacyUnit unit, ClaimMeaning meaning)
    {
        var (noun, counter, particle) = unit switch
        {
            PrivacyUnit.Patient => ("환자", "명", "을"),
            PrivacyUnit.Task => ("과제", "개", "를"),
            _ => ("병원", "곳", "을"),
        };
        return $"데이터가 쓰이지 않은 {noun} 100{counter} 중 1{counter}{particle} 잘못 지목하는 검사는, 실제로 쓰인 {noun} 100{counter} 중 많아야 "
            + $"{ReportNumbers.Percent(meaning.TestPower)}{counter}만 찾아냅니다.";
    }

    private static List<string> Meaning(PrivacyReport report)
    {
        var (plan, forecast) = (report.Facts.Plan, report.Forecast);
        var unit = Unit(plan.Request.Unit);
        var delta = ReportNumbers.Delta(plan.Request.Delta);
        var sentences = new List<string>();
        if (report.Meaning is not { } meaning)
        {
            sentences.Add($"보장을 제시하지 않습니다. 환자가 적어도 {report.Facts.PatientsAtLeast}명인 연구에서 델타 {delta} 값은 "
                + "너무 큽니다.");
            return sentences;
        }

        var adversary = Adversary(plan.Request.Colluders);
        sentences.Add($"지금까지 {unit} 단위로 사용한 엡실론: {ReportNumbers.Up(meaning.Epsilon)} "
            + $"(허용된 엡실론 {ReportNumbers.Down(plan.Request.Epsilon)}, 델타 {delta}).");
        sentences.Add(meaning.Epsilon <= ReportNumbers.LargestTellingEpsilon
            ? $"공격자({adversary})가 미리 무엇을 알고 있었든, 지금까지 공개된 모든 결과는 {unit}의 데이터가 쓰였는지에 대한 공격자의 "
                + $"승산(odds)을 최대 {ReportNumbers.OddsFactor(meaning.Epsilon)}배까지만 바꿀 수 있습니다. 예외가 생길 확률은 약 "
                + $"{delta}입니다."
            : $"엡실론이 {ReportNumbers.LargestTellingEpsilon}보다 크면 공격자({adversary})가 {unit}에 대해 알아낼 수 있는 것을 안심할 "
                + "만큼 제한하지 못합니다. 공격 시험 결과와 함께 판단하십시오.");
        sentences.Add(Test(plan.Request.Unit, meaning));
        sentences.Add(forecast.AttemptsLeft == 0
            ? "남은 예산으로 할 수 있는 라운드가 없습니다."
            : $"남은 예산으로 {forecast.AttemptsLeft}번의 라운드를 더 할 수 있고, 모두 마친 뒤의 엡실론은 "
                + $"{ReportNumbers.Up(forecast.EpsilonAtEnd)}입니다.");
        return sentences;
    }

    private static List<string> Assumptions(MechanismPlan plan)
    {
        var request = plan.Request;
        var assumptions = new List<string>
        {
            "zero-out은 한 단위의 모든 기록을 빼는 것이고 replace-one은 그 자리에 다른 단위를 넣는 것입니다. 참여 기관 목록, 과제 수, "
                + "나누는 수는 공개되어 있고 바뀌지 않습니다.",
            $"공모자가 있는 행은 공모자의 잡음을 세지 않습니다. 예산은 공모자 {request.Colluders}곳과, 적어도 "
                + $"{request.Threshold}곳이 들어 있는 합을 기준으로 합니다.",
            "보안 집계는 합 이외에는 아무것도 드러내지 않으며, 각 병원은 공개된 클라이언트를 그대로 실행하여 명시된 대로 자르고 "
                + "잡음을 더합니다.",
            "실현값(realised)은 이탈이 이미 공개된 값과 무관하다고 가정하고, 최악값(worst case)은 그런 가정을 하지 않습니다.",
            "각 환자는 이 연구의 병원 가운데 한 곳의 환자입니다.",
        };
        if (request.Contribution == ContributionKind.TaskGradient)
        {
            assumptions.Add(
                $"한 환자는 한 라운드에서 많아야 {request.TasksPerPatient}개의 과제에 들어가며, 과제를 나누는 방식은 데이터 값에 "
                + "의존하지 않습니다. 과제는 행 단위로 나누므로 각 병원의 파일에서 한 환자는 한 행에만 있어야 합니다.");
        }
        else if (request.Contribution == ContributionKind.PatientGradient)
        {
            assumptions.Add("한 행이 환자 한 명입니다. 각 병원의 파일에서 한 환자는 한 행에만 있어야 합니다.");
        }

        if (request.SamplingRate.IsSampled)
        {
            assumptions.Add($"각 환자는 라운드마다 {request.SamplingRate}의 확률로 따로 뽑히며, 누가 뽑혔는지는 병원 밖의 누구도 알 수 없습니다. "
                + "뽑힌 사실이 알려진 환자에 대해서는 표본 추출을 하지 않은 것과 같은 만큼 드러납니다.");
        }

        return assumptions;
    }

    private static List<string> NotProtected(MechanismPlan plan)
    {
        var list = new List<string>
        {
            "모델이 배우려는 대상인 집단 전체에 관한 사실: 비슷한 사람들에 대해 모델이 말하는 것은, 그 환자의 데이터가 쓰였는지와 "
                + "관계없이 그 환자에게도 맞을 수 있습니다.",
            "병원의 참여 여부: 참여 기관의 이름은 공개됩니다.",
            "여러 병원이 함께 데이터를 가진 환자: 명시된 것보다 약하게 보호됩니다.",
            "연구 밖에서 같은 데이터를 보고 내린 결정(예: 연구 설정).",
            "병원 컴퓨터의 실행 시간이나 통신량이 드러내는 것.",
            "병원의 데이터 파일을 더 이상 쓸 수 없거나 환자 수가 연구의 델타에 비해 너무 많다는 사실: 그때 병원은 더 설명하지 않고 "
                + "라운드에서 빠집니다.",
            "병원이 자기 환자에게 맞추어 조정한 뒤 밖으로 내보내는 모델: 이것은 별도의 공개입니다.",
        };
        if (plan.Request.Unit != PrivacyUnit.Site) list.Add("병원 전체에 관한 사실: 병원 단위의 보장을 보십시오.");
        return list;
    }
}
