package imageferry.local.store;

/** One permission that a request needs. */
record Demand(String action, String resourceArn) {}
