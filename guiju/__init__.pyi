"""The types of the public face, for whoever embeds Guiju and checks them; at run time each name is fetched when it is first asked for."""

from guiju.catalog.records.model import Submission as Submission
from guiju.diagnostics.diagnostic import Diagnostic as Diagnostic
from guiju.dsl.compile import compile_rules as compile_rules
from guiju.dsl.ruleset import LANGUAGE_VERSION as LANGUAGE_VERSION
from guiju.dsl.ruleset import Ruleset as Ruleset
from guiju.pipeline import NothingRead as NothingRead
from guiju.pipeline import check as check
from guiju.pipeline import check_submission as check_submission
from guiju.pipeline import read_rules as read_rules
from guiju.reports.formats import write_report as write_report
from guiju.reports.model import Report as Report
from guiju.standards.load import load_registry as load_registry
from guiju.terms.severity import Severity as Severity
from guiju.terms.tongue import Tongue as Tongue
from guiju.terms.verdict import Verdict as Verdict
from guiju.validators.findings.model import Finding as Finding
from guiju.validators.validate import validate as validate

__version__: str
