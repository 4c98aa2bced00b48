package imageferry.local.rights;

import imageferry.local.lambda.Endpoints;
import imageferry.local.lambda.RoleCheck;
import imageferry.local.lambda.RoleCheck.Use;
import java.util.Set;

/**
 * A right that some code of a function needs.
 *
 * @param resource one that represents all of its kind
 * @param leadingKeys of the item; empty where any could be meant
 * @param why the code that needs it
 */
record RequiredRight(String function, String action, String resource, Set<String> leadingKeys, String why) {
    boolean isMetBy(RoleCheck roleCheck) {
        return roleCheck
                .refusal(Endpoints.KEY_PREFIX + function, action, resource, leadingKeys)
                .isEmpty();
    }

    boolean takes(Right right) {
        return right.servesFor(new Use(function, action, resource));
    }

    @Override
    public String toString() {
        return function + " needs " + action + " on " + resource + ", as " + why;
    }
}
