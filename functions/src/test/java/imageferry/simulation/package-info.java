/**
 * The whole service in virtual time: use cases, workflow, change stream and sweeper over ports in memory, interleaved at
 * every call of a port, with faults. All that happens follows from one seed. See docs/simulation.md.
 */
@NullMarked
package imageferry.simulation;

import org.jspecify.annotations.NullMarked;
