/**
 * The API on this machine: routes from the OpenAPI document that deploys, events and answers in API Gateway's REST proxy
 * shape. The only thing that AWS would not have is the header {@code X-Imageferry-Account}, which names the caller.
 */
@NullMarked
package imageferry.local.gateway;

import org.jspecify.annotations.NullMarked;
