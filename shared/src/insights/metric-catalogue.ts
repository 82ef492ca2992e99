import type { MetricDefinition, MetricId } from './metric.ts'
import { churn, repeatRate, retention } from './metrics/customers.ts'
import { forecastBias, forecastDeviation, forecastExcess, forecastOutcome, forecastWape } from './metrics/forecasts.ts'
import { adSpend, cac, cacPayback, costPerLead, paidCustomers, paidLeads, paidRevenue, roas } from './metrics/marketing.ts'
import {
  coverage, dealsOpen, marginAtRisk, pipelineOpen, pipelinePlanned, pipelineWeighted, pipelineWeightedWon, salesVelocity, slipMoves, slippedDeals, slippedValue, staleShare, timeInStage,
} from './metrics/pipeline.ts'
import { priceOverspend, priceVariance, referenceCost, savings } from './metrics/prices.ts'
import {
  activityRatio, averageDeal, cohortWinRate, costedRevenue, dealMargin, dealsLost, dealsWon, discountRate, discountValue, firstResponse, listValue, lostValue, marginCoverage, marginRate,
  medianDeal, newDeals, newDealsValue, revenueWon, salesCycle, salesCycleMean, winRate, winRateValue,
} from './metrics/sales.ts'
import { dso, dsoCountBack, receivablesIssued, receivablesOpen, receivablesOverdue } from './metrics/receivables.ts'
import { clv, grr, nrr, recurringChurn, recurringContraction, recurringExpansion, recurringStart, revenuePerCustomer } from './metrics/recurring.ts'
import { averageScore, criticalShare, invoiceAccuracy } from './metrics/scorecards.ts'
import {
  dpo, effectiveVendors, onTimeDelivery, overdueShare, payablesIssued, payablesOpen, payablesOverdue, spendHhi, spendTotal, topThreeShare, topVendorShare, vendorsActive,
} from './metrics/spend.ts'

const all = [
  revenueWon, dealsWon, dealsLost, lostValue, winRate, winRateValue, cohortWinRate, averageDeal, medianDeal,
  salesCycle, salesCycleMean, salesVelocity, activityRatio, firstResponse, newDeals, newDealsValue,
  pipelineOpen, dealsOpen, pipelinePlanned, pipelineWeighted, pipelineWeightedWon, coverage, timeInStage, staleShare,
  slippedDeals, slippedValue, slipMoves,
  retention, churn, repeatRate, revenuePerCustomer,
  recurringStart, recurringExpansion, recurringContraction, recurringChurn, nrr, grr, clv,
  dealMargin, marginCoverage, costedRevenue, marginRate, discountValue, listValue, discountRate,
  spendTotal, vendorsActive, topVendorShare, spendHhi, onTimeDelivery,
  priceVariance, savings, priceOverspend, referenceCost, topThreeShare, effectiveVendors,
  invoiceAccuracy, averageScore, criticalShare, marginAtRisk,
  payablesOpen, payablesIssued, payablesOverdue, overdueShare, dpo,
  receivablesOpen, receivablesIssued, receivablesOverdue, dso, dsoCountBack,
  adSpend, paidLeads, paidCustomers, paidRevenue, costPerLead, cac, cacPayback, roas,
  forecastWape, forecastBias, forecastDeviation, forecastExcess, forecastOutcome,
]

export const metricCatalogue = Object.fromEntries(all.map(metric => [metric.id, metric])) as Record<MetricId, MetricDefinition>

export const metricDefinitions: readonly MetricDefinition[] = all

/** What is open now was not what was open then: such a number has nothing to be compared with. */
export const hasPast = ({ timeBasis, ingredients }: MetricDefinition): boolean =>
  timeBasis !== 'now' && timeBasis !== 'planned' && ingredients.every(id => hasPast(metricCatalogue[id]))
