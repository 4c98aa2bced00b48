package imageferry.local.machine;

/** The region, account and name of a state machine, as in its ARN. */
public record MachineName(String region, String account, String name) {
    public String arn() {
        return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
    }

    public String executionArn(String execution) {
        return executionPrefix() + execution;
    }

    String executionPrefix() {
        return "arn:aws:states:" + region + ":" + account + ":execution:" + name + ":";
    }
}
