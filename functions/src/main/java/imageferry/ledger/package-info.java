/**
 * The one table, seen from the domain: items, conditions and all-or-nothing transactions, without any word of the database that keeps them.
 */
@NullMarked
package imageferry.ledger;

import org.jspecify.annotations.NullMarked;
