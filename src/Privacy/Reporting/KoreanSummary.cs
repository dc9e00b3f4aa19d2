namespace FedMeta.Privacy;

/// <summary>The one page in Korean; the same statements as in English, in the same order.</summary>
internal static class KoreanSummary
{
    public static ReportSummary Of(PrivacyReport report) =>
        new("ko", "개인정보 보호책임자를 위한 요약", Verdict(report), [.. Parts(report)]);

    private static string Verdict(PrivacyReport report)
    {
        var request = report.Facts.Plan.Request;
        var delta = ReportNumbers.Delta(request.Delta);
        if (report.Meaning is not { } meaning)
            return $"보장을 제시하지 않습니다: 이 환자 수에 비해 델타 {delta} 값이 너무 큽니다.";
        var within = report.Forecast.Charged <= report.Forecast.Granted
            ? "승인된 예산을 지켰습니다" : "승인된 예산을 넘었습니다";
        return $"{within}: {KoreanReport.Unit(request.Unit)} 기준, 사용한 엡실론 {ReportNumbers.Up(meaning.Epsilon)} / 허용된 엡실론 "
            + $"{ReportNumbers.Down(request.Epsilon)} (델타 {delta}).";
    }

    private static IEnumerable<SummaryPart> Parts(PrivacyReport report)
    {
        var facts = report.Facts;
        var request = facts.Plan.Request;
        yield return new SummaryPart(
            "무엇을 하였습니까",
            $"병원 {facts.Hospitals}곳이 모델 하나를 함께 학습합니다. 환자 기록은 병원 밖으로 나가지 않습니다. 라운드마다 병원은 무작위 "
                + "잡음을 더한 뒤 암호로 가린 숫자 목록 하나만 보내며, 조정 서버는 "
                + $"{request.Threshold}곳 이상을 더한 합만 열 수 있습니다. 환자 한 명이 공개 결과를 바꿀 수 있는 정도는 차분 프라이버시로 "
                + "제한하고 엡실론으로 나타냅니다. 엡실론은 작을수록 좋습니다.");
        if (report.Meaning is { } meaning)
        {
            yield return new SummaryPart($"{KoreanReport.Unit(request.Unit)}에 대해 무엇을 뜻합니까", Meaning(report, meaning));
        }

        yield return new SummaryPart("나머지 모두가 공모한다면", AllOthers(report));
        yield return new SummaryPart("무엇이 남아 있습니까", Left(report));
        yield return new SummaryPart(
            "보호하지 않는 것",
            "모델이 환자 집단에 대해 말하는 것. 병원이 참여한다는 사실. 여러 병원에 데이터가 있는 환자는 더 약하게 보호됩니다. 병원의 "
                + "직원, 컴퓨터, 백업, 네트워크에서 새어 나가는 것. 연구 밖에서 같은 환자의 데이터로 시험해 보고 내린 선택.");
        yield return new SummaryPart(
            "병원만이 확인할 수 있는 것",
            $"연구 전체의 환자가 모두 합하여 {ReportNumbers.Many(DeltaRule.MostPatients(request.Delta))}명을 넘지 않는다는 것, 한 환자가 두 행이나 두 병원에 "
                + "들어 있지 않다는 것, 각 병원이 공개된 프로그램을 그대로 실행한다는 것, 연구 설정을 이 환자들의 데이터를 보고 정하지 "
                + "않았다는 것.");
        yield return new SummaryPart("통상과 다른 점", Deviations(facts.Deviations));
        yield return new SummaryPart(
            "이 페이지를 확인하는 방법",
            "모든 수치는 조정 서버의 기록(journal)에서 나오며, 조정 서버 없이 다시 계산할 수 있습니다: "
                + "fedmeta audit verify JOURNAL.jsonl --report REPORT.json");
    }

    private static string Meaning(PrivacyReport report, ClaimMeaning meaning)
    {
        var request = report.Facts.Plan.Request;
        var unit = KoreanReport.Unit(request.Unit);
        var subject = KoreanReport.Subject(request.Colluders);
        var test = KoreanReport.Test(request.Unit, meaning);
        if (meaning.Epsilon > ReportNumbers.LargestTellingEpsilon)
        {
            return $"엡실론이 너무 커서, {subject} 알아낼 수 있는 것을 안심할 만큼 제한하지 못합니다. 공격 시험 결과와 함께 "
                + $"판단하십시오. {test}";
        }

        var even = meaning.Beliefs[^1];
        return $"{subject} 공개된 모든 결과를 본다고 합시다. 특정한 {unit}의 데이터가 쓰였을 가능성을 반반으로 보았다면, 그 믿음은 "
            + $"높아도 {ReportNumbers.Percent(even.AtMost)} %, 낮아도 {ReportNumbers.PercentDown(even.AtLeast)} %까지만 움직입니다. "
            + $"이 한계가 깨질 확률은 약 {ReportNumbers.OneIn(meaning.Delta)}분의 1입니다. {test}";
    }

    private static string AllOthers(PrivacyReport report)
    {
        if (report.Claims[0].AgainstAllOthers.WorstCase.Epsilons[0].Epsilon is not { } epsilon)
            return "이 델타에서는 수치를 제시하지 않습니다.";
        var judgement = epsilon > ReportNumbers.LargestTellingEpsilon
            ? "이 값은 안심할 만한 보호가 아닙니다. 나머지 모두가 공모하지 않는다는 것이 중요합니다."
            : $"반반으로 보던 믿음이 {ReportNumbers.Percent(BeliefBounds.Of(0.5, epsilon).AtMost)} %까지 커질 수 있습니다. 이 수치는 "
                + "다른 누구에게도 의존하지 않습니다.";
        return "조정 서버와 다른 모든 병원이 한 병원에 맞서 공모하면 그 병원의 환자는 그 병원 자신의 잡음만으로 보호됩니다: 엡실론 "
            + $"{ReportNumbers.Up(epsilon)}. {judgement}";
    }

    private static string Left(PrivacyReport report)
    {
        var forecast = report.Forecast;
        if (report.Facts.IsOver)
            return "연구가 끝났습니다. 더 이상의 라운드는 없으며, 쓰지 않은 예산은 소멸합니다.";
        return forecast.AttemptsLeft == 0
            ? "예산을 모두 사용했습니다. 각 병원의 프로그램이 다음 라운드를 스스로 거부합니다."
            : $"남은 예산으로 {forecast.AttemptsLeft}번의 라운드를 더 할 수 있고, 모두 마친 뒤의 엡실론은 "
                + $"{ReportNumbers.Up(forecast.EpsilonAtEnd)}입니다. 그 뒤에는 각 병원의 프로그램이 다음 라운드를 스스로 거부합니다.";
    }

    private static string Deviations(int count) => count == 0
        ? "기록된 것이 없습니다. 라운드에서 이탈한 병원은 5절에 있습니다."
        : $"기록된 것이 {count}건 있습니다. 7절을 보십시오.";
}
