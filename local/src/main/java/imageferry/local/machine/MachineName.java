package imageferry.local.machine;

/** Where a state machine lives and what it is called, as its ARNs say it. */
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
