import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cidrErrors, formatIPv4, ipErrors, isIPv6, parseIPv4 } from './addresses.ts'

test.each(['::', '::1', 'fd00::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', 'fe80::'])('%s is IPv6', (text) => {
  expect(isIPv6(text)).toBe(true)
})

test.each(['1:2:3', '1::2::3', '1:2:3:4:5:6:7:8:9', 'g::', '::1.2.3', '1.2.3.4', '12345::'])(
  '%s is not IPv6',
  (text) => {
    expect(isIPv6(text)).toBe(false)
  },
)

test('IPv4 addresses survive reading and writing', () => {
  fc.assert(fc.property(fc.ipV4(), (ip) => formatIPv4(parseIPv4(ip) ?? -1) === ip))
})

test.each([
  ['10.0.0.1', ''],
  ['10.0.0.256', 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
  ['010.0.0.1', 'must not have leading 0s'],
  ['::ffff:1.2.3.4', 'must not be an IPv4-mapped IPv6 address'],
])('address %s: %s', (ip, detail) => {
  expect(ipErrors('ip', ip).map((error) => error.detail)).toEqual(detail === '' ? [] : [detail])
})

test.each([
  ['10.0.0.0/8', ''],
  ['10.0.0.1/8', 'must not have bits set beyond the prefix length'],
  ['10.0.0.0', 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  ['10.0.0.0/33', 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
])('CIDR %s: %s', (cidr, detail) => {
  expect(cidrErrors('cidr', cidr).map((error) => error.detail)).toEqual(detail === '' ? [] : [detail])
})

test('values that were stored before are not refused', () => {
  expect(ipErrors('ip', '010.0.0.1', ['010.0.0.1'])).toEqual([])
})
