import { compile } from '@fastify/proxy-addr';
import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which addresses notifications may be sent to. */
export interface NetworkGuard {
  /** @param address an IP address as the resolver returns it, or as it is in a URL without brackets */
  allows(address: string): boolean;
}

/** Reachable from inside Microsoft's cloud alone, in spite of its public address: its metadata service. */
const azureMetadata = '168.63.129.16';

/** Source: RFC 4291 section 2.4 and IANA, "IPv6 Global Unicast Address Assignments": all of them are in 2000::/3. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The address as a URL has it; null if invalid. Of `::1.2.3.4`, which is an IPv6 address, ipaddr.js makes the IPv4
 * address.
 */
function toCanonical(address: string): string | null {
  if (!isIPv6(address)) return ipaddr.isValid(address) ? address : null;
  const url = `http://[${address}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null;
}

function isPublic(address: string): boolean {
  // An IPv4 address inside an IPv6 one is what the system connects to.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || parsed.toString() === azureMetadata) return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast);
}

/**
 * Public addresses are allowed, and what the operator names: everything else could be a service of the operator's own
 * network, or the machine itself.
 *
 * @param allowed `none`, or addresses, CIDR blocks and the names `loopback`, `linklocal`, `uniquelocal` with commas
 * between
 * @throws {TypeError} for any other entry
 */
export function createNetworkGuard(allowed: string): NetworkGuard {
  const isNamed = allowed === 'none' ? () => false : compile(allowed.split(','));
  return {
    allows(address) {
      const canonical = toCanonical(address);
      return canonical !== null && (isPublic(canonical) || isNamed(canonical, 0));
    },
  };
}
