#include "core/rules/find_figure.hpp"
#include "core/rules/kinds.hpp"

namespace ig::core::rules {

base::Result<Decision> initial(const Request& request, const HistoricFigure& historic,
                               const Parameters& parameters) {
  switch (historic.state) {
    case HistoricState::not_asked:
      return not_asked();
    case HistoricState::unavailable:
      return out_of_reach(request, Action::RETRY, parameters);
    case HistoricState::rejected:
      return rejected_response();
    case HistoricState::no_data:
    case HistoricState::known:
      return find_figure(historic, split_by_evidence(request), parameters);
  }
  IG_UNREACHABLE("a historic figure is in one of five states");
}

}  // namespace ig::core::rules
