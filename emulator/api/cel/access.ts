/** `authorizer` in policies: may the user do this? (upstream: apiserver/pkg/cel/library/authz.go) */
import type { Environment } from '@marcbachmann/cel-js'
import type { AccessDecision, Authorizer, ResourceAccess } from '../authorizer.ts'
import type { UserInfo } from '../types.ts'

/** What `authorizer` is while an expression runs. */
export class CelAuthorizer {
  readonly decide: Authorizer
  readonly user: UserInfo
  /** What stands for the request itself; policies alone have it. */
  readonly requestResource: object | undefined
  constructor(decide: Authorizer, user: UserInfo, request?: ResourceAccess) {
    this.decide = decide
    this.user = user
    this.requestResource = request && new ResourceCheck(this, request)
  }
}

class PathCheck {
  readonly of: CelAuthorizer
  readonly path: string
  constructor(of: CelAuthorizer, path: string) {
    this.of = of
    this.path = path
  }
}

class GroupCheck {
  readonly of: CelAuthorizer
  readonly group: string
  constructor(of: CelAuthorizer, group: string) {
    this.of = of
    this.group = group
  }
}

class ResourceCheck {
  readonly of: CelAuthorizer
  readonly resource: ResourceAccess
  constructor(of: CelAuthorizer, resource: ResourceAccess) {
    this.of = of
    this.resource = resource
  }
  with(change: Partial<ResourceAccess>): ResourceCheck {
    return new ResourceCheck(this.of, { ...this.resource, ...change })
  }
}

class Decision {
  readonly given: AccessDecision
  constructor(given: AccessDecision) {
    this.given = given
  }
}

/** Asks for a named verb; `resource` is absent for a path. */
function check({ decide, user }: CelAuthorizer, verb: string, path: string, resource?: ResourceAccess): Decision {
  return new Decision(decide.authorize({ user, verb, path, ...(resource && { resource }) }))
}

export function registerAccess(environment: Environment): void {
  const name = (part: string): string => `kubernetes.authorization.${part}`
  const [who, path, group, resource, decision] = [
    name('Authorizer'),
    name('PathCheck'),
    name('GroupCheck'),
    name('ResourceCheck'),
    name('Decision'),
  ]
  const part = (key: 'subresource' | 'namespace' | 'name'): void => {
    environment.registerFunction(`${resource}.${key}(string): ${resource}`, (a: ResourceCheck, value: string) =>
      a.with({ [key]: value }),
    )
  }
  environment
    .registerType(path, PathCheck)
    .registerType(group, GroupCheck)
    .registerType(resource, ResourceCheck)
    .registerType(who, { ctor: CelAuthorizer, fields: { requestResource: resource } })
    .registerType(decision, Decision)
    .registerFunction(`${who}.path(string): ${path}`, (a: CelAuthorizer, value: string) => new PathCheck(a, value))
    .registerFunction(`${who}.group(string): ${group}`, (a: CelAuthorizer, value: string) => new GroupCheck(a, value))
    .registerFunction(`${who}.serviceAccount(string, string): ${who}`, serviceAccount)
    .registerFunction(`${path}.check(string): ${decision}`, (a: PathCheck, verb: string) => check(a.of, verb, a.path))
    .registerFunction(
      `${group}.resource(string): ${resource}`,
      (a: GroupCheck, value: string) =>
        new ResourceCheck(a.of, { group: a.group, resource: value, subresource: '', namespace: '', name: '' }),
    )
    .registerFunction(`${resource}.check(string): ${decision}`, (a: ResourceCheck, verb: string) =>
      check(a.of, verb, '', a.resource),
    )
    .registerFunction(`${decision}.allowed(): bool`, (a: Decision) => a.given.allowed)
    .registerFunction(`${decision}.reason(): string`, (a: Decision) => a.given.reason)
    .registerFunction(`${decision}.errored(): bool`, () => false)
    .registerFunction(`${decision}.error(): string`, () => '')
  part('subresource')
  part('namespace')
  part('name')
}

function serviceAccount({ decide }: CelAuthorizer, namespace: string, account: string): CelAuthorizer {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated']
  return new CelAuthorizer(decide, { name: `system:serviceaccount:${namespace}:${account}`, groups })
}
