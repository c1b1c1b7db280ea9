import type { GoalThing } from '../../curriculum/goal-picture/goal-view.ts'

/** `shop/web`; the default namespace goes without saying. */
export const titleOf = ({ namespace, name }: Pick<GoalThing, 'namespace' | 'name'>): string =>
  namespace === 'default' || namespace === '' ? name : `${namespace}/${name}`
