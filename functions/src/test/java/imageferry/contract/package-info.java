/**
 * Compares the deployed files (template.yaml, openapi.yaml, the state machine, events/) with each other and with the
 * code. They are text, so nothing else notices when a name in one of them no longer exists in another.
 */
@NullMarked
package imageferry.contract;

import org.jspecify.annotations.NullMarked;
