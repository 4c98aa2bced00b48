/**
 * Accounts and the callers that sign requests. An account is the only identity there is; it never comes from a request's body.
 */
@NullMarked
package imageferry.account;

import org.jspecify.annotations.NullMarked;
