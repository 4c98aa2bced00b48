/**
 * Holds the files that deploy (template.yaml, openapi.yaml, the state machine, events/) against each other and against
 * the code. They are text, so nothing else notices when a name in one of them no longer exists in another.
 */
@NullMarked
package imageferry.contract;

import org.jspecify.annotations.NullMarked;
