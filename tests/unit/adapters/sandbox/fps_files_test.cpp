#include "adapters/sandbox/fps_files.hpp"

#include "adapters/sandbox/big_files.hpp"
#include "adapters/sandbox/files.hpp"
#include "adapters/sandbox/fps_message.hpp"
#include "adapters/sandbox/population.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "tests/support/conformance.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/xml_schema.hpp"

#include <gtest/gtest.h>
#include <libxml/c14n.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

namespace ig::adapters::sandbox {
namespace {

using Document = ig::tests::support::Xml<xmlDoc>;

Document parse(const std::string& text) { return ig::tests::support::read_xml(text); }

std::string_view name_of(const xmlNode* node) { return reinterpret_cast<const char*>(node->name); }

/// The first element of that name below `node`, in document order; nullptr when there is none.
xmlNode* find(xmlNode* node, std::string_view name) {
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    if (name_of(child) == name) return child;
    if (xmlNode* deeper = find(child, name)) return deeper;
  }
  return nullptr;
}

std::string content(xmlNode* node) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> text(xmlNodeGetContent(node), xmlFree);
  return reinterpret_cast<const char*>(text.get());
}

std::string content(xmlNode* node, std::string_view name) {
  xmlNode* found = find(node, name);
  return found == nullptr ? std::string() : content(found);
}

/// The mark by another way: libxml2's canonical form of the Body without the IRmark element.
std::string mark_by_libxml2(const std::string& text) {
  const Document document = parse(text);
  xmlNode* mark = find(xmlDocGetRootElement(document.get()), "IRmark");
  xmlUnlinkNode(mark);
  xmlFreeNode(mark);
  const auto in_body = [](void*, xmlNode* node, xmlNode* parent) {
    for (xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node; at != nullptr;
         at = at->parent) {
      if (at->type == XML_ELEMENT_NODE && name_of(at) == "Body") return 1;
    }
    return 0;
  };
  const std::unique_ptr<xmlOutputBuffer, decltype(&xmlOutputBufferClose)> out(
      xmlAllocOutputBuffer(nullptr), &xmlOutputBufferClose);
  EXPECT_GE(xmlC14NExecute(document.get(), in_body, nullptr, XML_C14N_1_0, nullptr, 1, out.get()),
            0);
  wire::crypto::Sha1Stream sha1;
  sha1.feed({reinterpret_cast<const char*>(xmlOutputBufferGetContent(out.get())),
             xmlOutputBufferGetSize(out.get())});
  const auto digest = sha1.finish();
  return wire::crypto::base64(
      std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

Population population() { return make_population(7, 54, parse_day("2026-02-10").value()).value(); }

TEST(SandboxFps, WritesAMessageAPaydayOfEachScheme) {
  std::vector<std::string> names;
  for (const FpsFile& file : make_fps_files(population())) names.push_back(file.name);
  EXPECT_EQ(names.size(), 3U + 14U + 4U + 3U);
  for (const char* wanted :
       {"2025-11-28-monthly.xml", "2025-12-31-monthly.xml", "2026-01-30-monthly.xml",
        "2025-11-07-weekly.xml", "2026-02-06-weekly.xml", "2026-01-09-four-weekly.xml",
        "2026-01-30-second.xml"}) {
    EXPECT_NE(std::ranges::find(names, wanted), names.end()) << wanted;
  }
}

TEST(SandboxFps, CarriesTheMarkThatLibxml2Finds) {
  for (const FpsFile& file : make_fps_files(population())) {
    const Document document = parse(file.text);
    ASSERT_NE(document, nullptr) << file.name;
    EXPECT_EQ(content(xmlDocGetRootElement(document.get()), "IRmark"), mark_by_libxml2(file.text))
        << file.name;
  }
}

TEST(SandboxFps, EscapesTextAsTheCanonicalFormDoes) {
  std::string out;
  const Scheme scheme{"120", "A&B<1>", "120PA00012341", "", Rhythm::monthly, {}, 0};
  FpsMessage message(scheme, parse_day("2026-01-30").value(),
                     [&](std::string_view bytes) { out += bytes; });
  FpsEmployee employee;
  employee.person = {"RN100000A", "Una", "O'Connor", parse_day("1980-01-01").value(), 'F'};
  employee.payroll_id = "E<1>&2";
  employee.paid_on = parse_day("2026-01-30").value();
  employee.period = 10;
  employee.pay = 200'000;
  employee.pay_to_date = 2'000'000;
  message.add(employee);
  const auto mark = message.finish();
  out.replace(message.mark_position(), mark.size(), mark);
  EXPECT_EQ(mark, mark_by_libxml2(out));
  EXPECT_EQ(content(xmlDocGetRootElement(parse(out).get()), "PayId"), "E<1>&2");
}

/// The to-date figure of each employment grows by exactly what is paid.
TEST(SandboxFps, KeepsToDateFiguresInStep) {
  std::map<std::string, std::int64_t> to_date;
  const auto pence = [](std::string text) {
    std::erase(text, '.');
    return std::stoll(text);
  };
  int compared = 0;
  for (const FpsFile& file : make_fps_files(population())) {
    const Document document = parse(file.text);
    xmlNode* root = xmlDocGetRootElement(document.get());
    const std::string office = content(root, "OfficeNo");
    for (xmlNode* at = find(root, "Employee"); at != nullptr; at = at->next) {
      if (at->type != XML_ELEMENT_NODE) continue;
      const std::string key = office + "/" + content(at, "PayId");
      const auto pay = pence(content(find(at, "Payment"), "TaxablePay"));
      const auto now = pence(content(find(at, "FiguresToDate"), "TaxablePay"));
      if (const auto before = to_date.find(key); before != to_date.end()) {
        EXPECT_EQ(now, before->second + pay) << file.name << " " << key;
        ++compared;
      } else {
        EXPECT_GE(now, pay) << file.name << " " << key;
      }
      to_date[key] = now;
    }
  }
  EXPECT_GT(compared, 500);
}

/// HMRC's own schema, where the conformance data is.
TEST(SandboxFps, IsValidUnderTheSchemaOf2025To26) {
  const auto schema_file = ig::tests::support::conformance() /
                           "rti/shynne109+hmrc/src/PAYE/FullPaymentSubmission-2026-v1-0.xsd";
  if (!std::filesystem::exists(schema_file)) {
    std::cerr << "NOT READ: 1 conformance file (the FPS schema of 2025-26)\n";
    return;
  }
  const ig::tests::support::XmlSchema schema(ig::tests::support::text_of(schema_file));
  ASSERT_TRUE(schema.is_usable());
  for (const FpsFile& file : make_fps_files(population())) {
    const Document document = parse(file.text);
    xmlNode* form = find(xmlDocGetRootElement(document.get()), "IRenvelope");
    xmlFreeNode(xmlDocSetRootElement(document.get(), form));
    EXPECT_TRUE(schema.accepts(document.get())) << file.name;
  }
}

TEST(SandboxBigFiles, CountsWhatItWrites) {
  const tests::support::TempFolder folder;
  BigFileOptions options;
  options.employees = 2'000;
  options.cases = 500;
  options.out = folder.file("big.xml");
  options.cases_out = folder.file("cases.ndjson");
  const auto counts = write_big_files(options).value();
  EXPECT_EQ(counts.employees, 2'000);
  EXPECT_EQ(counts.registered, 200);
  EXPECT_EQ(counts.fire, 20);
  EXPECT_EQ(counts.cases, 500);
  const auto text = read_file(options.out).value();
  EXPECT_EQ(counts.bytes, std::ssize(text));
  EXPECT_EQ(content(xmlDocGetRootElement(parse(text).get()), "IRmark"), mark_by_libxml2(text));
  const auto per_employee = counts.bytes / counts.employees;
  EXPECT_TRUE(per_employee > 1'200 && per_employee < 1'450) << per_employee;
  const auto lines = read_file(options.cases_out).value();
  EXPECT_EQ(std::ranges::count(lines, '\n'), 500);

  options.out = folder.file("again.xml");
  ASSERT_TRUE(write_big_files(options));
  EXPECT_EQ(read_file(options.out).value(), text) << "the same bytes from the same seed";
}

TEST(SandboxBigFiles, RefusesNumbersThatCannotBe) {
  const tests::support::TempFolder folder;
  BigFileOptions options;
  options.out = folder.file("big.xml");
  options.cases_out = folder.file("cases.ndjson");
  for (const auto spoil : std::vector<void (*)(BigFileOptions&)>{
           [](BigFileOptions& o) { o.employees = 0; }, [](BigFileOptions& o) { o.cases = 10; },
           [](BigFileOptions& o) { o.fire_permille = 101; },
           [](BigFileOptions& o) { o.registered_permille = 1'001; },
           [](BigFileOptions& o) { o.employees = 10'000'001; }}) {
    BigFileOptions wrong = options;
    spoil(wrong);
    const auto made = write_big_files(wrong);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, core::base::ErrorCode::USAGE);
  }
}

}  // namespace
}  // namespace ig::adapters::sandbox
