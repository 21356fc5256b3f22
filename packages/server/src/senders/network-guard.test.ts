import fc from 'fast-check';
import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createNetworkGuard } from './network-guard.ts';

const guard = createNetworkGuard('none');

const refused = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.5',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::1.1.1.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2001::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '',
  'localhost',
  'example.com',
  '1.2.3.4.5',
];

describe('createNetworkGuard', () => {
  test.each(refused)('refuses %j', (address) => {
    expect(guard.allows(address)).toBe(false);
  });

  test.each(['1.1.1.1', '93.184.215.14', '172.32.0.1', '::ffff:1.1.1.1', '2606:4700::1111'])(
    'allows %s',
    (address) => {
      expect(guard.allows(address)).toBe(true);
    },
  );

  test('allows what the operator names, and no more of it', () => {
    const named = createNetworkGuard('loopback,10.1.0.0/16,fd00:1::/32');

    const allowed = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '::ffff:10.1.2.3'];
    for (const address of [...allowed, 'fd00:1::5', '1.1.1.1'])
      expect([address, named.allows(address)]).toEqual([address, true]);
    for (const address of [
      '::10.1.2.3',
      '10.2.0.1',
      '169.254.169.254',
      'fd00:2::5',
      '',
      'localhost',
    ])
      expect([address, named.allows(address)]).toEqual([address, false]);
  });

  test('agrees with the block list of Node.js on private addresses, in each of their forms', () => {
    const blocked = new BlockList();
    for (const [network, prefix] of [
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['224.0.0.0', 4],
      ['240.0.0.0', 4],
    ] as const)
      blocked.addSubnet(network, prefix);
    const octet = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 254, 168, 16, 31),
    );

    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
        const address = octets.join('.');
        const [a, b, c, d] = octets;
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        if (!blocked.check(address)) return;
        for (const form of [
          address,
          `::ffff:${address}`,
          `::ffff:${hex}`,
          `0:0:0:0:0:FFFF:${hex}`,
          `::${hex}`,
          `64:ff9b::${hex}`,
          `2002:${hex}::`,
        ])
          expect([form, guard.allows(form)]).toEqual([form, false]);
      }),
    );
  });

  test('refuses every IPv6 address outside of the global ones', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.split(':')[0] || '0', 16);
        const isMapped = /^(::|(0+:){5})ffff:/i.test(address);
        if (first >> 13 === 1 || isMapped) return;
        expect([address, guard.allows(address)]).toEqual([address, false]);
      }),
      { numRuns: 5_000 },
    );
  });
});
