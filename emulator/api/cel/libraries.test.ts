/** The functions of Kubernetes' expressions, and what cel-go says of those that do not compile. */
import { expect, test } from 'vitest'
import { compileExpression } from '../structural/cel.ts'
import { CelAuthorizer } from './access.ts'
import { environmentOf } from './environment.ts'

const environment = environmentOf('object', 'n: int', 'authorizer: kubernetes.authorization.Authorizer')
const object = new Map<string, unknown>([
  ['names', ['b', 'a']],
  ['metadata', new Map([['namespace', 'shop']])],
])
const decide = {
  authorize: ({ verb }: { readonly verb: string }) => ({ allowed: verb === 'get', reason: 'because' }),
  rulesFor: () => [],
}
const run = (source: string) =>
  compileExpression(source, environment).run({
    object,
    n: 3n,
    authorizer: new CelAuthorizer(decide, { name: 'jane', groups: [] }),
  })

test.each([
  "quantity('1Gi').isGreaterThan(quantity('500Mi'))",
  "quantity('50k').add(quantity('20k')) == quantity('70k')",
  "quantity('1.5').isInteger() == false",
  "isQuantity('20Q') == false && isQuantity('20M')",
  "quantity('1500m').asApproximateFloat() == 1.5",
  "semver('1.2.3').isLessThan(semver('1.10.0-rc.1'))",
  "semver('v1.2', true).minor() == 2",
  "isSemver('v1.0') == false",
  "semver('1.0.0-alpha').compareTo(semver('1.0.0')) == -1",
  "ip('127.0.0.1').isLoopback() && ip('::1').family() == 6",
  "isIP('1.2.3.256') == false && isIP('::ffff:1.2.3.4') == false",
  "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
  "cidr('192.168.0.0/16').containsIP('192.168.1.2') && !cidr('192.168.0.0/16').containsIP(ip('10.0.0.1'))",
  "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16')) && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
  "cidr('192.168.1.0/24').prefixLength() == 24 && string(cidr('::/0').ip()) == '::'",
  "url('https://a.example:8080/p/q?x=1&x=2').getPort() == '8080'",
  "url('https://a.example/p?x=1&x=2').getQuery()['x'] == ['1', '2']",
  "url('http://[::1]:80/').getHostname() == '::1'",
  "isURL('../x') == false && isURL('/path')",
  "'abc 123'.find('[0-9]+') == '123'",
  "'1 22 333'.findAll('[0-9]+', 2) == ['1', '22']",
  "[1, 2, 3].sum() == 6 && [1, 3, 2].max() == 3 && ['b', 'a'].min() == 'a'",
  "['a', 'b', 'a'].lastIndexOf('a') == 2 && [1, 2].indexOf(5) == -1",
  '[1, 2, 2].isSorted() && !object.names.isSorted()',
  'sets.contains([1, 2, 3], [3, 1]) && sets.equivalent([1], [1, 1]) && !sets.intersects([1], [2])',
  "!format.dns1123Label().validate('my-name').hasValue()",
  "format.named('qualifiedName').hasValue() && !format.named('none').hasValue()",
  "format.dns1123Label().validate('A').value().size() == 1",
  "'%s has %d of %.2f, %x'.format(['web', 3, 1.5, 255]) == 'web has 3 of 1.50, ff'",
  "'%s'.format([object.names]) == '[b, a]'",
  "'hello'.charAt(1) == 'e' && 'a-b-c'.replace('-', '+', 1) == 'a+b-c'",
  "object.metadata.namespace == 'shop'",
  "authorizer.group('apps').resource('deployments').namespace('x').check('get').allowed()",
  "!authorizer.path('/healthz').check('post').allowed()",
  "authorizer.serviceAccount('a', 'b').group('').resource('pods').check('get').reason() == 'because'",
])('%s', (source) => {
  expect(compileExpression(source, environment).error).toBeUndefined()
  expect(run(source)).toEqual({ ok: true, value: true })
})

test.each([
  ['foo == 1', `1:1: undeclared reference to 'foo' (in container '')`],
  ["n + 'a'", `1:3: found no matching overload for '_+_' applied to '(int, string)'`],
  ['n == 1 && (n > true)', `1:14: found no matching overload for '_>_' applied to '(int, bool)'`],
  ['n in 3', `1:3: found no matching overload for '@in' applied to '(int, int)'`],
  ['!n', `1:1: found no matching overload for '!_' applied to '(int)'`],
  ["'a'.foo()", `1:8: undeclared reference to 'foo' (in container '')`],
  ["'a'.startsWith(1)", `1:15: found no matching overload for 'startsWith' applied to 'string.(int)'`],
  ['quantity(1)', `1:9: found no matching overload for 'quantity' applied to '(int)'`],
  [
    'n >',
    `1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}`,
  ],
  ['n.bar', `1:2: type 'int' does not support field selection`],
])('%s does not compile', (source, expected) => {
  expect(compileExpression(source, environment).error?.split('\n')[0]).toBe(`ERROR: <input>:${expected}`)
})

test.each([
  ['object.missing == 1', 'no such key: missing'],
  ['object.names[5] == 1', 'index out of bounds: 5'],
  [
    "quantity('x') == quantity('1')",
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
])('%s fails when it runs', (source, error) => {
  expect(run(source)).toEqual({ ok: false, error, overBudget: false })
})
