/** The ledger on a real DynamoDB engine: its contract, the double that tests trust, and every fault in between. */
@NullMarked
package imageferry.local.ledger;

import org.jspecify.annotations.NullMarked;
