/**
 * The ledger on a real DynamoDB engine: its contract, the test double that other tests trust, and every fault between.
 */
@NullMarked
package imageferry.local.ledger;

import org.jspecify.annotations.NullMarked;
