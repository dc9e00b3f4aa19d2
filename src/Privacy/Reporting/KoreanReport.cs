namespace FedMeta.Privacy;

/// <summary>The sentences of a report in Korean; the same statements as in English, in the same order.</summary>
internal static class KoreanReport
{
    public static ReportText Of(MechanismPlan plan, IReadOnlyList<PrivacyClaim> claims, BudgetForecast forecast)
    {
        var claim = claims[0];
        return new ReportText("ko", Meaning(plan, claim, forecast), Assumptions(plan), NotProtected(plan));
    }

    private static List<string> Meaning(MechanismPlan plan, PrivacyClaim claim, BudgetForecast forecast)
    {
        var unit = Unit(claim.Unit);
        var (epsilon, delta) = (claim.Epsilons[0].Epsilon, claim.Epsilons[0].Delta);
        var adversary = claim.Colluders == 0 ? "서버" : $"서버와 임의의 클라이언트 {claim.Colluders}곳이 공모한 쪽";
        var sentences = new List<string>
        {
            $"지금까지 이 연구는 {unit} 단위로 허용된 엡실론 {ReportNumbers.Epsilon(plan.Request.Epsilon)} 가운데 "
                + $"{ReportNumbers.Epsilon(epsilon)}을(를) 사용했습니다(델타 {ReportNumbers.Delta(delta)}).",
            epsilon <= ReportNumbers.LargestTellingEpsilon
                ? $"공격자({adversary})가 미리 무엇을 알고 있었든, 지금까지 공개된 모든 결과는 {unit}의 데이터가 쓰였는지에 대한 "
                    + $"공격자의 승산(odds)을 최대 {ReportNumbers.OddsFactor(epsilon)}배까지만 바꿀 수 있으며, 예외가 생길 확률은 약 "
                    + $"{ReportNumbers.Delta(delta)}입니다."
                : $"엡실론이 {ReportNumbers.LargestTellingEpsilon}을 넘으면 공격자({adversary})가 {unit}에 대해 알아낼 수 있는 것을 "
                    + "안심할 만큼 제한하지 못합니다. 공격 시험 결과와 함께 판단하십시오.",
            $"참여하지 않은 {Noun(claim.Unit)} 100 가운데 1을 잘못 지목하는 검사는, 실제로 참여한 {Noun(claim.Unit)} 100 가운데 최대 "
                + $"{ReportNumbers.Percent(claim.TestPower)}만 찾아낼 수 있습니다.",
            $"남은 예산으로 {forecast.AttemptsLeft}번의 라운드를 더 할 수 있고, 모두 마치면 엡실론은 "
                + $"{ReportNumbers.Epsilon(forecast.EpsilonAtEnd)}입니다.",
        };
        return sentences;
    }

    private static List<string> Assumptions(MechanismPlan plan)
    {
        var request = plan.Request;
        var assumptions = new List<string>
        {
            "이웃한 데이터는 한 단위의 모든 기록을 빼는 것(zero-out)으로 정의하며, 참여 기관 목록과 과제 수와 나누는 수는 공개되어 "
                + "있고 바뀌지 않습니다.",
            $"자신의 잡음을 서버에 알려 주는 클라이언트는 많아야 {request.Colluders}곳이고, 모든 합에는 적어도 "
                + $"{request.Threshold}곳이 들어 있습니다.",
            "보안 집계는 합 이외에는 아무것도 드러내지 않으며, 각 병원은 공개된 클라이언트를 그대로 실행하여 명시된 대로 자르고 "
                + "잡음을 더합니다.",
            "실현값(realised)은 이탈이 이미 공개된 값과 무관하다고 가정하고, 최악값(worst case)은 그런 가정을 하지 않습니다.",
        };
        assumptions.Add("각 환자는 이 연구의 병원 가운데 한 곳의 환자입니다.");
        if (request.Contribution == ContributionKind.TaskGradient)
        {
            assumptions.Add(
                $"한 환자는 한 라운드에서 많아야 {request.TasksPerPatient}개의 과제에 들어가며, 과제를 나누는 방식은 데이터 값에 "
                + "의존하지 않습니다. 과제는 행 단위로 나누므로 각 병원의 파일에서 한 환자는 한 행에만 있어야 합니다.");
        }

        return assumptions;
    }

    private static List<string> NotProtected(MechanismPlan plan)
    {
        var list = new List<string>
        {
            "모델이 배우려는 대상인 집단 전체에 관한 사실.",
            "병원의 참여 여부: 참여 기관의 이름은 공개됩니다.",
            "여러 병원이 함께 데이터를 가진 환자: 명시된 것보다 약하게 보호됩니다.",
            "연구 밖에서 같은 데이터를 보고 내린 결정(예: 연구 설정).",
            "클라이언트 컴퓨터의 실행 시간이나 통신량이 드러내는 것.",
        };
        if (plan.Request.Unit != PrivacyUnit.Site) list.Add("병원 전체에 관한 사실: 병원 단위의 주장을 보십시오.");
        return list;
    }

    private static string Unit(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "환자 한 명",
        PrivacyUnit.Task => "과제 하나",
        _ => "병원 한 곳",
    };

    private static string Noun(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "환자",
        PrivacyUnit.Task => "과제",
        _ => "병원",
    };
}
