// The wire types, made from the server's description of its API (schema/api.json).
import type { components } from './api';

type Schemas = components['schemas'];
export type CaseView = Schemas['CaseView'];
export type ActorView = Schemas['ActorView'];
export type OptionView = Schemas['OptionView'];
export type WishView = Schemas['WishView'];
export type RuleView = Schemas['RuleView'];
export type ClaimView = Schemas['ClaimView'];
export type SourceView = Schemas['SourceView'];
export type AnswerView = Schemas['AnswerView'];
export type ConceptView = Schemas['ConceptView'];
export type OutcomeRow = Schemas['OutcomeRow'];
export type AnsweredView = Schemas['AnsweredView'];
export type OrderView = Schemas['OrderView'];
export type MoveView = Schemas['MoveView'];
export type Version = Schemas['Version'];
export type LiveView = Schemas['LiveView'];
export type OpenedView = Schemas['OpenedView'];
export type ProblemView = Schemas['ProblemView'];
export type SummaryView = Schemas['SummaryView'];
export type WhyView = Schemas['WhyView'];
export type SpanView = Schemas['SpanView'];
export type WhyStep = Schemas['WhyStep'];
export type TogetherView = Schemas['TogetherView'];
export type ExitView = Schemas['ExitView'];
export type OnwardsView = Schemas['OnwardsView'];
export type BesideView = Schemas['BesideView'];
export type LedgersView = Schemas['LedgersView'];
export type BasinsView = Schemas['BasinsView'];
export type TableView = Schemas['TableView'];
export type TrustView = Schemas['TrustView'];
export type SpokenView = Schemas['SpokenView'];
export type PriceView = Schemas['PriceView'];
export type MapView = Schemas['MapView'];
export type JudgementView = Schemas['JudgementView'];
export type ProposalsView = Schemas['ProposalsView'];
export type ProposalView = Schemas['ProposalView'];
export type ProposalsRequest = Schemas['ProposalsRequest'];
export type SourceTextView = Schemas['SourceTextView'];
export type OutlineView = Schemas['OutlineView'];
export type FallsView = Schemas['FallsView'];
export type FallView = Schemas['FallView'];
export type EditView = Schemas['EditView'];
export type QuoteView = Schemas['QuoteView'];
export type CheckView = Schemas['CheckView'];
export type ConfidenceView = Schemas['ConfidenceView'];
export type SharesView = Schemas['SharesView'];
export type ShareView = Schemas['ShareView'];
export type WishShareView = Schemas['WishShareView'];
export type CasesView = Schemas['CasesView'];
export type FileText = Schemas['FileText'];
export type Saved = Schemas['Saved'];
export type EditedView = Schemas['EditedView'];
export type ImportedView = Schemas['ImportedView'];
export type MadeView = Schemas['MadeView'];
export type TieView = Schemas['TieView'];
export type BasisView = Schemas['BasisView'];
export type GainView = Schemas['GainView'];
export type TextRange = Schemas['TextRange'];

/** What is chosen in one pane and marked in the others. */
export interface Chosen {
  address: string;
  range?: TextRange | null | undefined;
  claims: string[];
}
