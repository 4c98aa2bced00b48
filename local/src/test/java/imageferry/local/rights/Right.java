package imageferry.local.rights;

import imageferry.local.lambda.RoleCheck.Use;
import imageferry.local.lambda.Wildcards;
import imageferry.local.template.Statement;
import imageferry.local.template.Template;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** One action on one resource, as a statement of a role allows it. */
record Right(String role, String action, String resource) implements Comparable<Right> {
    /** Everything that the template's roles allow. */
    static Set<Right> allowedBy(Template template) {
        var rights = new TreeSet<Right>();
        template.functions().forEach((id, function) -> rights.addAll(of(id, function.statements())));
        template.stateMachines().forEach(machine -> rights.addAll(of(machine.logicalId(), machine.statements())));
        return rights;
    }

    static Set<Right> of(String role, List<Statement> statements) {
        var rights = new TreeSet<Right>();
        for (var statement : statements) {
            if (statement.allows()) {
                statement
                        .actions()
                        .forEach(action -> statement
                                .resources()
                                .forEach(resource -> rights.add(new Right(role, action, resource))));
            }
        }
        return rights;
    }

    boolean servesFor(Use use) {
        return role.equals(use.function())
                && Wildcards.pattern(lower(action)).matcher(lower(use.action())).matches()
                && Wildcards.pattern(resource).matcher(use.resource()).matches();
    }

    /** IAM compares actions without regard to case. */
    private static String lower(String action) {
        return action.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return role + "," + action + "," + resource;
    }
}
