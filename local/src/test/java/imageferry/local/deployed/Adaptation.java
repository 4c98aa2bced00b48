package imageferry.local.deployed;

import java.util.List;

/**
 * Where LocalStack 4.14.0 does not read CloudFormation as AWS does, the same in words that both read. docs/cloud-truth.md
 * tells of each. One that finds nothing to adapt fails, so that none outlives its reason.
 */
record Adaptation(String original, String adapted) {
    private static final List<Adaptation> OF_HOME = List.of(
            // A number in a substitution: LocalStack's text replacement takes text only.
            new Adaptation(
                    "        CopyWorkers: !Ref CopyWorkers", "        CopyWorkers: !Join ['', [!Ref CopyWorkers]]"));

    private static final List<Adaptation> OF_REGION = List.of(
            // The escape of Fn::Sub: LocalStack takes ${!x} for a variable of the name !x.
            new Adaptation(
                    "!Sub ${Bucket.Arn}/imports/${!aws:PrincipalAccount}/*",
                    "!Join ['', [!GetAtt Bucket.Arn, '/imports/${aws:PrincipalAccount}/*']]"));

    static String ofHome(String template) {
        return all(OF_HOME, template);
    }

    static String ofRegion(String template) {
        return all(OF_REGION, template);
    }

    private static String all(List<Adaptation> adaptations, String template) {
        var text = template;
        for (var adaptation : adaptations) {
            text = replaced(text, adaptation.original(), adaptation.adapted());
        }
        return text;
    }

    /** Replaces every occurrence, of which there must be one. */
    static String replaced(String text, String original, String by) {
        if (!text.contains(original)) {
            throw new AssertionError("The template has no " + original + " any more");
        }
        return text.replace(original, by);
    }
}
