import { backendObject, localReference } from './references.ts'
import { flag, integer, keyed, list, object, patterns, port, rules, type Schema, text } from './schema.ts'

const header: Schema = object(
  'A header.',
  {
    name: text('Its name; case does not matter.', { maxLength: 256, minLength: 1, pattern: patterns.headerName }),
    value: text('Its value.', { maxLength: 4096, minLength: 1 }),
  },
  ['name', 'value'],
)

const headerModifier = (of: string): Schema =>
  object(`Changes headers of the ${of}.`, {
    add: keyed('Headers that are added to what is there.', header, ['name'], 16),
    remove: { ...list('Names of headers that go.', { type: 'string' }, 16), 'x-kubernetes-list-type': 'set' },
    set: keyed('Headers that replace what is there.', header, ['name'], 16),
  })

const fraction: Schema = object(
  'A share as a fraction.',
  {
    denominator: integer('Below the line.', 1, 2 ** 31 - 1, { default: 100 }),
    numerator: integer('Above the line.', 0, 2 ** 31 - 1),
  },
  ['numerator'],
  rules(['self.numerator <= self.denominator', 'numerator must be less than or equal to denominator']),
)

const mirror: Schema = object(
  'Sends a copy of requests elsewhere.',
  { backendRef: backendObject, fraction, percent: integer('Share of requests in percent.', 0, 100) },
  ['backendRef'],
  rules([
    '!(has(self.percent) && has(self.fraction))',
    'Only one of percent or fraction may be specified in HTTPRequestMirrorFilter',
  ]),
)

const pathModifier: Schema = object(
  'Changes the path.',
  {
    replaceFullPath: text('The whole new path.', { maxLength: 1024 }),
    replacePrefixMatch: text('What stands in place of the matched prefix.', { maxLength: 1024 }),
    type: text('What is replaced.', { enum: ['ReplaceFullPath', 'ReplacePrefixMatch'] }),
  },
  ['type'],
  rules(
    [
      "self.type == 'ReplaceFullPath' ? has(self.replaceFullPath) : true",
      "replaceFullPath must be specified when type is set to 'ReplaceFullPath'",
    ],
    [
      "has(self.replaceFullPath) ? self.type == 'ReplaceFullPath' : true",
      "type must be 'ReplaceFullPath' when replaceFullPath is set",
    ],
    [
      "self.type == 'ReplacePrefixMatch' ? has(self.replacePrefixMatch) : true",
      "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'",
    ],
    [
      "has(self.replacePrefixMatch) ? self.type == 'ReplacePrefixMatch' : true",
      "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set",
    ],
  ),
)

const preciseHostname = text('Host name of the new address.', {
  maxLength: 253,
  minLength: 1,
  pattern: patterns.preciseHostname,
})

const redirect: Schema = object('Answers with another address.', {
  hostname: preciseHostname,
  path: pathModifier,
  port: port('Port of the new address.'),
  scheme: text('Scheme of the new address.', { enum: ['http', 'https'] }),
  statusCode: { default: 302, description: 'Status of the answer.', enum: [301, 302, 303, 307, 308], type: 'integer' },
})

const rewrite: Schema = object('Changes the request on its way.', { hostname: preciseHostname, path: pathModifier })

const cors: Schema = object('Answers for other origins, as browsers ask.', {
  allowCredentials: flag('May requests carry credentials?'),
  allowHeaders: {
    ...list('Headers that requests may have.', text('A header.', { maxLength: 256, minLength: 1 }), 64),
    'x-kubernetes-list-type': 'set',
  },
  allowMethods: { ...list('Methods that requests may use.', text('A method.'), 9), 'x-kubernetes-list-type': 'set' },
  allowOrigins: {
    ...list('Origins that may ask.', text('An origin.', { maxLength: 253, minLength: 1 }), 64),
    'x-kubernetes-list-type': 'set',
  },
  exposeHeaders: {
    ...list('Headers of the answer that are shown.', text('A header.', { maxLength: 256, minLength: 1 }), 64),
    'x-kubernetes-list-type': 'set',
  },
  maxAge: integer('Seconds for which the answer holds.', 1, 2 ** 31 - 1, { default: 5 }),
})

/** A field of a filter belongs to one type, and the type to the field. */
const pairs = (names: readonly string[]) =>
  names.flatMap((type): readonly (readonly [string, string])[] => {
    const name =
      type === 'URLRewrite' ? 'urlRewrite' : type === 'CORS' ? 'cors' : type.charAt(0).toLowerCase() + type.slice(1)
    return [
      [
        `!(has(self.${name}) && self.type != '${type}')`,
        `filter.${name} must be nil if the filter.type is not ${type}`,
      ],
      [`!(!has(self.${name}) && self.type == '${type}')`, `filter.${name} must be specified for ${type} filter.type`],
    ]
  })

const HTTP = [
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestMirror',
  'RequestRedirect',
  'URLRewrite',
  'ExtensionRef',
  'CORS',
]
const GRPC = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror', 'ExtensionRef']

const common = {
  extensionRef: localReference('A filter of the controller.'),
  requestHeaderModifier: headerModifier('request'),
  requestMirror: mirror,
  responseHeaderModifier: headerModifier('answer'),
}

const filter = (types: readonly string[], more: { readonly [name: string]: Schema }): Schema =>
  object(
    'A step between the match and the backend.',
    { ...common, ...more, type: text('Which step.', { enum: types }) },
    ['type'],
    {
      ...rules(...pairs(types)),
    },
  )

const once = (type: string): readonly [string, string] => [
  `self.filter(f, f.type == '${type}').size() <= 1`,
  `${type} filter cannot be repeated`,
]

const notBoth: readonly [string, string] = [
  "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
  'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
]

export const httpFilters: Schema = list(
  'Steps between the match and the backends.',
  filter(HTTP, { cors, requestRedirect: redirect, urlRewrite: rewrite }),
  16,
  rules(
    notBoth,
    ...['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'CORS'].map(once),
  ),
)

export const grpcFilters: Schema = list(
  'Steps between the match and the backends.',
  filter(GRPC, {}),
  16,
  rules(...['RequestHeaderModifier', 'ResponseHeaderModifier'].map(once)),
)
