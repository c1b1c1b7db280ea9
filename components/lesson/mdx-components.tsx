import type { getMDXComponent } from 'mdx-bundler/client'
import type { ComponentProps } from 'react'
import type { MdxComponentName } from '../../curriculum/mdx-components.ts'
import { Aside, Correction, Recap, Solution, Steps, Table } from './boxes.tsx'
import { CodeBlock } from './code-block.tsx'
import { DnsSearch } from './dns-search.tsx'
import { EndpointsFlow } from './endpoints-flow.tsx'
import { Goal } from './goal.tsx'
import { IngressRoutes } from './ingress-routes.tsx'
import { OnwardLink } from './onward-link.tsx'
import { PacketPath } from './packet-path.tsx'
import { PortMap } from './port-map.tsx'
import { Predict } from './predict.tsx'
import { RuleChain } from './rule-chain.tsx'
import { SelectorMatch } from './selector-match.tsx'
import { ServiceTypes } from './service-types.tsx'
import { TextLink } from './text-link.tsx'

/** Title and one line about a page that texts may link to by its slug. */
export interface Onward {
  readonly title: string
  readonly note: string
}
export interface OnwardTitles {
  readonly exercises: ReadonlyMap<string, Onward>
  readonly quizzes: ReadonlyMap<string, Onward>
}

type MdxComponents = NonNullable<ComponentProps<ReturnType<typeof getMDXComponent>>['components']>

interface LinkProps {
  readonly slug: string
}

/** What texts of lessons and exercises may use. A link to something that does not exist is an error of the text. */
export function mdxComponents({ exercises, quizzes }: OnwardTitles): MdxComponents {
  const find = (all: ReadonlyMap<string, Onward>, kind: string, slug: string) => {
    const found = all.get(slug)
    if (!found) throw new Error(`A text links to ${kind} "${slug}", which does not exist.`)
    return found
  }
  const ours: Record<MdxComponentName, NonNullable<MdxComponents[string]>> = {
    Predict,
    Correction,
    Aside,
    Recap,
    Solution,
    Steps,
    Goal,
    PortMap,
    ServiceTypes,
    PacketPath,
    SelectorMatch,
    DnsSearch,
    EndpointsFlow,
    RuleChain,
    IngressRoutes,
    ExerciseLink: ({ slug }: LinkProps) => (
      <OnwardLink kind="exercise" slug={slug} {...find(exercises, 'exercise', slug)} />
    ),
    QuizLink: ({ slug }: LinkProps) => <OnwardLink kind="quiz" slug={slug} {...find(quizzes, 'quiz', slug)} />,
  }
  return { a: TextLink, pre: CodeBlock, table: Table, ...ours }
}
