import { gatewayDefinition } from './definition.ts'
import { httpFilters } from './filters.ts'
import { backendRef, parentRefs } from './references.ts'
import { matchingRules } from './route-rules.ts'
import {
  ageColumn,
  column,
  duration,
  hostname,
  keyed,
  list,
  object,
  patterns,
  rules,
  type Schema,
  sectionName,
  text,
} from './schema.ts'
import { routeStatus } from './status.ts'

const PLAIN = "(self.type in ['Exact','PathPrefix'])"
const plainPath = (rule: string, message: string): readonly [string, string] => [
  `${PLAIN} ? ${rule} : true`,
  `${message} when type one of ['Exact', 'PathPrefix']`,
]

const CHARACTERS = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$"

const path: Schema = object(
  'Which paths match.',
  {
    type: text('How the path is compared.', {
      default: 'PathPrefix',
      enum: ['Exact', 'PathPrefix', 'RegularExpression'],
    }),
    value: text('What it is compared with.', { default: '/', maxLength: 1024 }),
  },
  [],
  {
    default: { type: 'PathPrefix', value: '/' },
    ...rules(
      plainPath("self.value.startsWith('/')", "value must be an absolute path and start with '/'"),
      ...['//', '/./', '/../', '%2f', '%2F', '#'].map((part) =>
        plainPath(`!self.value.contains('${part}')`, `must not contain '${part}'`),
      ),
      ...['/..', '/.'].map((end) => plainPath(`!self.value.endsWith('${end}')`, `must not end with '${end}'`)),
      [
        `self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'`,
        "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
      ],
      [
        `${PLAIN} ? self.value.matches(r"""${CHARACTERS}""") : true`,
        `must only contain valid characters (matching ${CHARACTERS}) for types ['Exact', 'PathPrefix']`,
      ],
    ),
  },
)

const compared = (what: string, maxLength: number): Schema =>
  object(
    `A ${what} that must be there.`,
    {
      name: text('Its name.', { maxLength: 256, minLength: 1, pattern: patterns.headerName }),
      type: text('How its value is compared.', { default: 'Exact', enum: ['Exact', 'RegularExpression'] }),
      value: text('What it is compared with.', { maxLength, minLength: 1 }),
    },
    ['name', 'value'],
  )

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

const match: Schema = object('What a request must be like; all of it must hold.', {
  headers: keyed('Headers that must be there.', compared('header', 4096), ['name'], 16),
  method: text('Method of the request.', { enum: METHODS }),
  path,
  queryParams: keyed('Query parameters that must be there.', compared('query parameter', 1024), ['name'], 16),
})

const ROOT = [{ path: { type: 'PathPrefix', value: '/' } }]

const prefix = (where: string, filter: string): string =>
  `(has(self.${where}) && self.${where}.exists_one(f, has(f.${filter}) && has(f.${filter}.path) && f.${filter}.path.type == 'ReplacePrefixMatch' && has(f.${filter}.path.replacePrefixMatch)))`
const inBackends = (filter: string): string =>
  `(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.${filter}) && has(f.${filter}.path) && f.${filter}.path.type == 'ReplacePrefixMatch' && has(f.${filter}.path.replacePrefixMatch)))))`
const ONE_PREFIX =
  "((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true"
const once = 'filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified'

const timeouts: Schema = object(
  'How long a request may take.',
  { backendRequest: duration('For one try at a backend.'), request: duration('For the whole request.') },
  [],
  rules([
    "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))",
    'backendRequest timeout cannot be longer than request timeout',
  ]),
)

const rule: Schema = object(
  'Matches, steps and backends.',
  {
    backendRefs: list('Where requests go that match.', backendRef({ filters: httpFilters }), 16),
    filters: httpFilters,
    matches: list('Requests that this is for: those that meet any of the matches.', match, 64, { default: ROOT }),
    name: sectionName('Name of the rule.'),
    timeouts,
  },
  [],
  rules(
    [
      '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true',
      'RequestRedirect filter must not be used together with backendRefs',
    ],
    [`${prefix('filters', 'requestRedirect')} ? ${ONE_PREFIX}`, `When using RequestRedirect ${once}`],
    [`${prefix('filters', 'urlRewrite')} ? ${ONE_PREFIX}`, `When using URLRewrite ${once}`],
    [`${inBackends('requestRedirect')} ? ${ONE_PREFIX}`, `Within backendRefs, when using RequestRedirect ${once}`],
    [`${inBackends('urlRewrite')} ? ${ONE_PREFIX}`, `Within backendRefs, When using URLRewrite ${once}`],
  ),
)

export const httpRoute = gatewayDefinition({
  kind: 'HTTPRoute',
  plural: 'httproutes',
  older: ['v1beta1'],
  columns: [column('Hostnames', '.spec.hostnames'), ageColumn],
  description: 'An HTTPRoute sends HTTP requests that come through its parents to backends.',
  spec: object('What is wanted of the HTTPRoute.', {
    hostnames: list('Host names that requests must ask for; any when left out.', hostname('A host name.'), 16),
    parentRefs,
    rules: matchingRules(rule, [{ matches: ROOT }]),
  }),
  status: routeStatus,
})
