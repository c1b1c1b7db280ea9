import type { Json } from '../yaml/parse.ts'
import type { Resource } from './resource.ts'
import { isMapping, type Mapping, textOf } from './values.ts'

/** `images:` in every list of containers, wherever it stands (upstream: kustomize/api/filters/imagetag). */
export function setImages(resources: readonly Resource[], rules: readonly Mapping[]): void {
  if (rules.length === 0) return
  for (const resource of resources) {
    if (resource.kind === 'CustomResourceDefinition') continue
    resource.object = inContainers(resource.object, rules) as Mapping
  }
}

function inContainers(value: Json, rules: readonly Mapping[]): Json {
  if (Array.isArray(value)) return value.map((item) => inContainers(item, rules))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      (key === 'containers' || key === 'initContainers') && Array.isArray(item)
        ? item.map((container) => withImage(container, rules))
        : inContainers(item, rules),
    ]),
  )
}

function withImage(container: Json, rules: readonly Mapping[]): Json {
  if (!isMapping(container) || typeof container.image !== 'string') return container
  return { ...container, image: rules.reduce(changed, container.image) }
}

function changed(image: string, rule: Mapping): string {
  const [, name = image, tag, digest] = /^([^@]+?)(?::([^:/@]+))?(?:@(.*))?$/.exec(image) ?? []
  if (name !== textOf(rule.name)) return image
  const newName = rule.newName === undefined ? name : textOf(rule.newName)
  const newTag = textOf(rule.newTag)
  const newDigest = textOf(rule.digest)
  const suffix = textOf(rule.tagSuffix)
  if (newDigest !== '') return `${newName}${newTag === '' ? '' : `:${newTag}`}@${newDigest}`
  if (newTag !== '') return `${newName}:${newTag}`
  if (suffix !== '' && tag !== undefined) return `${newName}:${tag}${suffix}`
  return `${newName}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}
