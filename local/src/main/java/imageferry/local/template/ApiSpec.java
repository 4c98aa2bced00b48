package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/** The API: the name of its stage, and its OpenAPI document with every function's URI resolved. */
public record ApiSpec(String stage, JsonNode openApi) {}
